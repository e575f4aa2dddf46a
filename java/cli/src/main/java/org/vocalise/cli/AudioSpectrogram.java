package org.vocalise.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.vocalise.dsp.audio.AudioFiles;
import org.vocalise.dsp.audio.AudioSource;
import org.vocalise.dsp.io.InputException;
import org.vocalise.dsp.picture.AudioFrames;
import org.vocalise.dsp.picture.SpectrogramColumns;

/**
 * A recording as {@link AudioFrames} shows it.
 *
 * @param file the recording
 * @param rate its sample rate, Hz
 * @param samples its length
 */
record AudioSpectrogram(Path file, int rate, long samples) implements Spectrogram {
  private static final int BLOCK = 1 << 14;

  /** Reads the recording once, for its length. */
  static AudioSpectrogram of(Path file) throws IOException {
    try (AudioSource audio = AudioFiles.open(file)) {
      float[] block = new float[BLOCK];
      long samples = 0;
      for (int n = audio.read(block, 0, BLOCK); n >= 0; n = audio.read(block, 0, BLOCK)) {
        samples += n;
      }
      if (samples == 0) {
        throw new InputException(file, "holds no samples; make it again");
      }
      return new AudioSpectrogram(file, audio.sampleRate(), samples);
    }
  }

  @Override
  public long frames() {
    return shown().frames(samples);
  }

  @Override
  public double framesPerSecond() {
    return shown().framesPerSecond();
  }

  @Override
  public double[] hertz() {
    return shown().hertz();
  }

  @Override
  public void draw(SpectrogramColumns picture) throws IOException {
    try (AudioSource audio = AudioFiles.open(file)) {
      shown().draw(audio, frames(), picture);
    }
  }

  private AudioFrames shown() {
    return new AudioFrames(rate);
  }
}
