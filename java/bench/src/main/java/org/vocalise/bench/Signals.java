package org.vocalise.bench;

import java.util.Random;
import org.vocalise.dsp.audio.Waveform;

/** Inputs that need no data. */
final class Signals {
  static final int RATE = 22_050;

  private Signals() {}

  /** Quiet noise: no denormals, no silence. */
  static float[] noise(int length) {
    Random random = new Random(1);
    float[] samples = new float[length];
    for (int i = 0; i < length; i++) {
      samples[i] = 0.2f * (random.nextFloat() - 0.5f);
    }
    return samples;
  }

  static Waveform seconds(int seconds) {
    return new Waveform(noise(seconds * RATE), RATE);
  }
}
