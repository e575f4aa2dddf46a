package org.vocalise.eval.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.vocalise.dsp.audio.WavFormat;
import org.vocalise.dsp.audio.WavWriter;
import org.vocalise.dsp.synth.SungPhrase;

/** Signals and files for tests of scoring. */
final class TestSignals {
  static final int RATE = 22_050;

  private TestSignals() {}

  /** A few seconds of a sung phrase. */
  static float[] sung(int samples) {
    return Arrays.copyOf(SungPhrase.sing(RATE).samples(), samples);
  }

  /** Noise of half of full scale at most. */
  static float[] noise(int samples, long seed) {
    Random random = new Random(seed);
    float[] signal = new float[samples];
    for (int i = 0; i < samples; i++) {
      signal[i] = random.nextFloat() - 0.5f;
    }
    return signal;
  }

  /** The signal later by some samples, or earlier; zeros come in. */
  static float[] shifted(float[] signal, int lag) {
    float[] shifted = new float[signal.length];
    for (int i = 0; i < signal.length; i++) {
      int from = i - lag;
      shifted[i] = from >= 0 && from < signal.length ? signal[from] : 0;
    }
    return shifted;
  }

  static float[] scaled(float[] signal, double factor) {
    float[] scaled = new float[signal.length];
    for (int i = 0; i < signal.length; i++) {
      scaled[i] = (float) (factor * signal[i]);
    }
    return scaled;
  }

  static Path write(Path file, int rate, float[] signal) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (WavWriter writer = new WavWriter(file, rate, WavFormat.FLOAT32)) {
      writer.write(signal, 0, signal.length);
    }
    return file;
  }
}
