package org.vocalise.eval.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.vocalise.dsp.audio.AudioFiles;
import org.vocalise.dsp.audio.AudioSource;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.audio.WaveformSource;
import org.vocalise.dsp.picture.AudioFrames;
import org.vocalise.dsp.picture.SpectrogramColumns;
import org.vocalise.dsp.picture.SpectrogramPanels;
import org.vocalise.dsp.resample.ResampledSource;
import org.vocalise.dsp.resample.Resampler;
import org.vocalise.dsp.resample.ResamplerKernel;

/** Beginnings of a reference and of a synthesis, at the lower of their rates. */
record Excerpt(Waveform reference, Waveform synthesis) {
  /** What a page shows of a file: a page of a few megabytes can be mailed. */
  static final int SECONDS = 10;

  private static final int PANEL_WIDTH = 440;
  private static final int PANEL_HEIGHT = 220;

  /** Reads the beginnings of two files. */
  static Excerpt read(Path reference, Path synthesis) throws IOException {
    try (AudioSource a = AudioFiles.open(reference);
        AudioSource b = AudioFiles.open(synthesis)) {
      int rate = Math.min(a.sampleRate(), b.sampleRate());
      return new Excerpt(beginning(a, rate), beginning(b, rate));
    }
  }

  private static Waveform beginning(AudioSource source, int rate) throws IOException {
    AudioSource audio = source;
    if (source.sampleRate() != rate) {
      Resampler resampler = new Resampler(source.sampleRate(), rate, ResamplerKernel.KAISER);
      audio = new ResampledSource(source, resampler);
    }
    float[] samples = new float[SECONDS * rate];
    int length = 0;
    while (length < samples.length) {
      int count = audio.read(samples, length, samples.length - length);
      if (count < 0) {
        break;
      }
      length += count;
    }
    return new Waveform(Arrays.copyOf(samples, length), rate);
  }

  /** Length of the longer one in seconds. */
  double seconds() {
    return Math.max(reference.seconds(), synthesis.seconds());
  }

  /** Spectrograms of both and their difference; silence follows the shorter one's end. */
  SpectrogramPanels panels() throws IOException {
    AudioFrames shown = new AudioFrames(reference.sampleRate());
    int samples = Math.max(reference.samples().length, synthesis.samples().length);
    long frames = shown.frames(Math.max(1, samples));
    return SpectrogramPanels.of(
        columns(shown, frames, reference),
        columns(shown, frames, synthesis),
        PANEL_WIDTH,
        PANEL_HEIGHT);
  }

  private static SpectrogramColumns columns(AudioFrames shown, long frames, Waveform waveform)
      throws IOException {
    SpectrogramColumns columns =
        new SpectrogramColumns(shown.hertz(), shown.framesPerSecond(), frames);
    try (AudioSource audio = new WaveformSource(waveform)) {
      shown.draw(audio, frames, columns);
    }
    return columns;
  }
}
