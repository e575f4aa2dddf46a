package org.vocalise.eval.spectral;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StftResolutionTest {
  private static final StftResolution RESOLUTION = new StftResolution(512, 240, 50);
  private static final int SAMPLES = 3000;
  private static final int SPLIT = 100;

  /** However near the signals are: squared magnitudes alone would cancel. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 1e-2, 2e-3, 1e-3, 5e-4, 1e-4, 1e-5, 1e-6})
  void agreesWithTheDefinition(double difference) throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    float[] x = new float[SAMPLES];
    float[] y = new float[SAMPLES];
    for (int n = 0; n < SAMPLES; n++) {
      // The middle is silent, so that the floor counts.
      double loud = n < 1000 || n > 2000 ? 1 : 0;
      y[n] = (float) (loud * (Math.sin(0.2 * n) + 0.1 * random.nextDouble(-1, 1)));
      x[n] = (float) (y[n] + loud * difference * random.nextDouble(-1, 1));
    }
    List<MagnitudeSums> sums = RESOLUTION.sums(x, y, SPLIT);
    assertSums(naive(x, y, 0, SPLIT), sums.get(0));
    assertSums(naive(x, y, SPLIT, 257), sums.get(1));
  }

  private static void assertSums(MagnitudeSums expected, MagnitudeSums actual) {
    assertEquals(expected.difference(), actual.difference(), 1e-9 * expected.difference());
    assertEquals(expected.energy(), actual.energy(), 1e-12 * expected.energy());
    assertEquals(expected.log(), actual.log(), 1e-9 * expected.log());
    assertEquals(expected.values(), actual.values());
  }

  /** Bins {@code from} to {@code to}, by sums of products. */
  private static MagnitudeSums naive(float[] x, float[] y, int from, int to) {
    double difference = 0;
    double energy = 0;
    double log = 0;
    int frames = 1 + SAMPLES / RESOLUTION.hop();
    for (int frame = 0; frame < frames; frame++) {
      for (int bin = from; bin < to; bin++) {
        double a = magnitude(x, frame, bin);
        double b = magnitude(y, frame, bin);
        difference += (b - a) * (b - a);
        energy += b * b;
        log += Math.abs(Math.log(a / b));
      }
    }
    return new MagnitudeSums(difference, energy, log, (long) frames * (to - from));
  }

  private static double magnitude(float[] signal, int frame, int bin) {
    int length = RESOLUTION.windowLength();
    double re = 0;
    double im = 0;
    for (int n = 0; n < length; n++) {
      int i = Math.abs(frame * RESOLUTION.hop() - length / 2 + n);
      double sample = signal[i < SAMPLES ? i : 2 * (SAMPLES - 1) - i];
      double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * n / length);
      double angle = -2 * Math.PI * ((long) bin * n % RESOLUTION.nFft()) / RESOLUTION.nFft();
      re += window * sample * Math.cos(angle);
      im += window * sample * Math.sin(angle);
    }
    return Math.sqrt(Math.max(re * re + im * im, 1e-8));
  }
}
