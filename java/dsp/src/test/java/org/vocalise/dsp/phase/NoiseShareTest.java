package org.vocalise.dsp.phase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class NoiseShareTest {
  private static final int BINS = 80;
  private static final int FRAMES = 3;

  @Test
  void sharesAreThoseOfTheDeviationAroundEachBin() {
    Random random = new Random(3);
    float[] logs = new float[BINS * FRAMES];
    for (int i = 0; i < logs.length; i++) {
      logs[i] = -5 + (float) random.nextGaussian() * (0.2f + 0.8f * (i % FRAMES) / FRAMES);
    }
    for (int first : new int[] {1, 5, 13, 40}) {
      NoiseShare share = new NoiseShare(logs, FRAMES, first, 1, 70);
      float[] shares = new float[FRAMES];
      for (int k = first; k <= 70; k++) {
        share.next(shares);
        for (int t = 0; t < FRAMES; t++) {
          double expected = Math.max(0, Math.min(1, (0.7 - deviation(logs, k, t, 1, 70)) / 0.4));
          assertEquals(expected, shares[t], 1e-5, "bin " + k + ", frame " + t);
        }
      }
    }
  }

  @Test
  void harmonicsAreNoNoiseAndSmoothBandsAre() {
    float[] logs = new float[BINS];
    for (int k = 0; k < BINS; k++) {
      logs[k] = k < 40 ? (k % 8 == 0 ? 0 : -3) : -4 - 0.01f * k;
    }
    NoiseShare share = new NoiseShare(logs, 1, 14, 1, BINS - 1);
    float[] shares = new float[1];
    for (int k = 14; k < BINS; k++) {
      share.next(shares);
      if (k < 28) {
        assertEquals(0, shares[0], "bin " + k);
      } else if (k > 52) {
        assertTrue(shares[0] > 0.99, "bin " + k);
      }
    }
  }

  private static double deviation(float[] logs, int center, int t, int lowest, int highest) {
    int from = Math.max(lowest, center - 12);
    int to = Math.min(highest, center + 12);
    double sum = 0;
    for (int k = from; k <= to; k++) {
      sum += logs[k * FRAMES + t];
    }
    double mean = sum / (to - from + 1);
    double squares = 0;
    for (int k = from; k <= to; k++) {
      squares += (logs[k * FRAMES + t] - mean) * (logs[k * FRAMES + t] - mean);
    }
    return Math.sqrt(squares / (to - from + 1));
  }
}
