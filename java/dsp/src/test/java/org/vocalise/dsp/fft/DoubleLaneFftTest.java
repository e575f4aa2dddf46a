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
  @ValueSource(ints = {2, 4, 8, 16, 64, 128, 256, 512, 1024, 2048})
  void agreesWithJTransforms(int size) {
    SplittableRandom random = new SplittableRandom(size);
    double[][] re = new double[size][LANES];
    double[][] im = new double[size][LANES];
    double[][] expected = new double[LANES][2 * size];
    for (int lane = 0; lane < LANES; lane++) {
      for (int n = 0; n < size; n++) {
        re[n][lane] = random.nextDouble(-1, 1);
        im[n][lane] = random.nextDouble(-1, 1);
        expected[lane][2 * n] = re[n][lane];
        expected[lane][2 * n + 1] = im[n][lane];
      }
      new DoubleFFT_1D(size).complexForward(expected[lane]);
    }
    DoubleLaneFft fft = new DoubleLaneFft(size);
    fft.forward(re, im, LANES);
    for (int lane = 0; lane < LANES; lane++) {
      for (int k = 0; k < size; k++) {
        assertEquals(expected[lane][2 * k], re[fft.row(k)][lane], 1e-13 * size, "re " + k);
        assertEquals(expected[lane][2 * k + 1], im[fft.row(k)][lane], 1e-13 * size, "im " + k);
      }
    }
  }

  @Test
  void otherSizesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new DoubleLaneFft(600));
    assertThrows(IllegalArgumentException.class, () -> new DoubleLaneFft(1));
  }
}
