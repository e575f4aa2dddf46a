package org.vocalise.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.vocalise.dsp.audio.AudioFiles;
import org.vocalise.dsp.audio.AudioSource;
import org.vocalise.dsp.io.InputException;
import org.vocalise.dsp.mel.FrameSink;
import org.vocalise.dsp.mel.MelExtractor;
import org.vocalise.dsp.mel.MelFile;
import org.vocalise.dsp.mel.MelFilterbank;
import org.vocalise.dsp.mel.MelSource;
import org.vocalise.dsp.mel.MelSpec;
import org.vocalise.dsp.mel.MelValues;
import org.vocalise.dsp.picture.SpectrogramColumns;
import org.vocalise.dsp.resample.ResamplerKernel;

/**
 * A mel, read from a file or made of a recording.
 *
 * @param spec definition of the mel
 * @param frames number of frames
 * @param content passes the mel's values to a sink
 */
record MelSpectrogram(MelSpec spec, long frames, Content content) implements Spectrogram {
  private static final int BLOCK = 256;

  /** Where the values come from. */
  interface Content {
    /** Passes all values, in the spec's unit, to a sink. */
    void passTo(FrameSink sink) throws IOException;
  }

  /** The mel of a file. */
  static MelSpectrogram ofMel(Path file, MelSpec spec, MelScale scale) throws IOException {
    try (MelSource mel = MelFile.open(file, spec, scale.log())) {
      return new MelSpectrogram(spec, mel.frames(), sink -> readMel(file, spec, scale, sink));
    }
  }

  /** The mel that a recording has, brought to the spec's rate first. */
  static MelSpectrogram ofAudio(Path file, MelSpec spec) throws IOException {
    long frames = extract(file, spec, (values, count) -> {});
    if (frames == 0) {
      throw new InputException(file, "too short for one frame of the mel");
    }
    return new MelSpectrogram(spec, frames, sink -> extract(file, spec, sink));
  }

  @Override
  public double framesPerSecond() {
    return spec.sampleRate() / (double) spec.hop();
  }

  @Override
  public double[] hertz() {
    MelFilterbank filterbank = new MelFilterbank(spec);
    double[] hertz = new double[spec.bands()];
    for (int band = 0; band < hertz.length; band++) {
      hertz[band] = filterbank.centreHz(band);
    }
    return hertz;
  }

  @Override
  public void draw(SpectrogramColumns picture) throws IOException {
    float[][] powers = {new float[0]};
    content.passTo(
        (values, count) -> {
          int length = spec.bands() * count;
          if (powers[0].length < length) {
            powers[0] = new float[length];
          }
          System.arraycopy(values, 0, powers[0], 0, length);
          toPower(powers[0], length);
          picture.accept(powers[0], count);
        });
  }

  private void toPower(float[] values, int length) {
    MelValues.toLinear(values, length, spec.log(), spec);
    if (spec.spectrum() != MelSpec.Spectrum.POWER) {
      for (int i = 0; i < length; i++) {
        values[i] *= values[i];
      }
    }
  }

  private static void readMel(Path file, MelSpec spec, MelScale scale, FrameSink sink)
      throws IOException {
    float[] block = new float[spec.bands() * BLOCK];
    try (MelSource mel = MelFile.open(file, spec, scale.log())) {
      for (long first = 0; first < mel.frames(); first += BLOCK) {
        int count = (int) Math.min(BLOCK, mel.frames() - first);
        mel.read(first, count, block);
        sink.accept(block, count);
      }
    }
  }

  private static long extract(Path file, MelSpec spec, FrameSink sink) throws IOException {
    RateConversion conversion = new RateConversion(spec.sampleRate(), ResamplerKernel.SINC_HANN);
    try (AudioSource recording = AudioFiles.open(file);
        AudioSource audio = conversion.of(file, recording)) {
      return new MelExtractor(spec).extract(audio, sink);
    }
  }
}
