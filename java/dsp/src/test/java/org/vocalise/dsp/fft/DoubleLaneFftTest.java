package org.vocalise.dsp.fft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import org.jtransforms.fft.DoubleFFT_1D;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoubleLaneFftTest {
  private static final int LANES = 5;

  @ParameterizedTest
  @ValueSource(ints = {4, 8, 16, 64, 128, 256, 512, 1024, 2048})
  void agreesWithJTransforms(int size) {
    SplittableRandom random = new SplittableRandom(size);
    double[] weights = new double[size];
    double[][] xs = new double[size][LANES];
    double[][] ys = new double[size][LANES];
    double[][] expected = new double[LANES][2 * size];
    for (int n = 0; n < size; n++) {
      weights[n] = n < size / 2 ? random.nextDouble(-1, 1) : 0;
      for (int lane = 0; lane < LANES; lane++) {
        xs[n][lane] = random.nextDouble(-1, 1);
        ys[n][lane] = random.nextDouble(-1, 1);
        expected[lane][2 * n] = weights[n] * xs[n][lane];
        expected[lane][2 * n + 1] = weights[n] * ys[n][lane];
      }
    }
    double[][] re = new double[size][LANES];
    double[][] im = new double[size][LANES];
    DoubleLaneFft fft = new DoubleLaneFft(size);
    fft.forward(
        re,
        im,
        LANES,
        weights,
        (n, x, y) -> {
          System.arraycopy(xs[n], 0, x, 0, LANES);
          System.arraycopy(ys[n], 0, y, 0, LANES);
        });
    for (int lane = 0; lane < LANES; lane++) {
      new DoubleFFT_1D(size).complexForward(expected[lane]);
      for (int k = 0; k < size; k++) {
        assertEquals(expected[lane][2 * k], re[fft.row(k)][lane], 1e-13 * size, "re " + k);
        assertEquals(expected[lane][2 * k + 1], im[fft.row(k)][lane], 1e-13 * size, "im " + k);
      }
    }
  }

  @Test
  void otherSizesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new DoubleLaneFft(600));
    assertThrows(IllegalArgumentException.class, () -> new DoubleLaneFft(2));
  }
}
