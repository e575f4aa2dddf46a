package org.vocalise.eval.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

final class HolmTest {
  @Test
  void correctsByRankAndNeverDecreases() {
    // The worked example of R's p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm").
    assertArrayEquals(
        new double[] {0.03, 0.06, 0.06, 0.02},
        Holm.corrected(new double[] {0.01, 0.04, 0.03, 0.005}),
        1e-15);
    assertArrayEquals(new double[] {1, 1}, Holm.corrected(new double[] {0.9, 0.6}));
    assertArrayEquals(new double[0], Holm.corrected(new double[0]));
  }
}
