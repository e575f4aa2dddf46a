package org.vocalise.eval;

import org.vocalise.eval.metric.GoldenPairs;
import org.vocalise.eval.metric.Pair;

/** The synthetic signals whose scores by the peers' packages are known: a second at 22.05 kHz. */
public final class TestSignals {
  private static final int RATE = 22050;

  private TestSignals() {}

  /** Numbers in [-1, 1) of a linear congruential generator. */
  public static double[] uniform(long seed, int length) {
    double[] values = new double[length];
    long state = seed;
    for (int n = 0; n < length; n++) {
      state = (1103515245 * state + 12345) & 0x7FFFFFFF;
      values[n] = state / (double) (1 << 30) - 1;
    }
    return values;
  }

  /** The reference y against y itself, x1, half (0.5 y), zeros or noise. */
  public static Pair pair(String synthesis) {
    float[] y = tones(0.5, 220, 1);
    float[] x =
        switch (synthesis) {
          case "y" -> y.clone();
          case "x1" -> tones(0.45, 222, 7);
          case "half" -> half(y);
          case "zeros" -> new float[RATE];
          default -> noise();
        };
    return GoldenPairs.pair(x, y);
  }

  private static float[] tones(double gain, double hz, long seed) {
    double[] u = uniform(seed, RATE);
    float[] tones = new float[RATE];
    for (int n = 0; n < RATE; n++) {
      double t = n / (double) RATE;
      double first = gain * Math.sin(2 * Math.PI * hz * t);
      tones[n] = (float) (first + 0.25 * Math.sin(2 * Math.PI * 440 * t + 0.3) + 0.01 * u[n]);
    }
    return tones;
  }

  private static float[] half(float[] y) {
    float[] half = new float[RATE];
    for (int n = 0; n < RATE; n++) {
      half[n] = 0.5f * y[n];
    }
    return half;
  }

  private static float[] noise() {
    double[] u = uniform(99, RATE);
    float[] noise = new float[RATE];
    for (int n = 0; n < RATE; n++) {
      noise[n] = (float) (0.3 * u[n]);
    }
    return noise;
  }
}
