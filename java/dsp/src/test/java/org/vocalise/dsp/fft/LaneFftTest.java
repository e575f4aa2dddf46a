package org.vocalise.dsp.fft;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.jtransforms.fft.DoubleFFT_1D;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LaneFftTest {
  private static final int LANES = 5;

  @ParameterizedTest
  @ValueSource(
      ints = {1, 2, 3, 4, 6, 8, 12, 16, 30, 64, 77, 512, 600, 1024, 1102, 1200, 2048, 4096})
  void forwardAgreesWithJTransforms(int size) {
    float[][] re = noise(size, 1);
    float[][] im = noise(size, 2);
    double[][] expected = new double[LANES][2 * size];
    for (int lane = 0; lane < LANES; lane++) {
      for (int n = 0; n < size; n++) {
        expected[lane][2 * n] = re[n][lane];
        expected[lane][2 * n + 1] = im[n][lane];
      }
      new DoubleFFT_1D(size).complexForward(expected[lane]);
    }
    LaneFft fft = new LaneFft(size, LANES);
    fft.forward(re, im);
    double tolerance = 1e-6 * Math.sqrt(size) * 4;
    for (int lane = 0; lane < LANES; lane++) {
      for (int k = 0; k < size; k++) {
        assertEquals(expected[lane][2 * k], re[fft.row(k)][lane], tolerance, "re " + k);
        assertEquals(expected[lane][2 * k + 1], im[fft.row(k)][lane], tolerance, "im " + k);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 8, 12, 16, 77, 600, 1024, 2048})
  void inverseReturnsTheSignalTimesTheSize(int size) {
    float[][] re = noise(size, 1);
    float[][] im = noise(size, 2);
    LaneFft fft = new LaneFft(size, LANES);
    fft.forward(re, im);
    fft.inverse(re, im);
    float[][] re0 = noise(size, 1);
    float[][] im0 = noise(size, 2);
    for (int n = 0; n < size; n++) {
      for (int lane = 0; lane < LANES; lane++) {
        assertEquals(re0[n][lane], re[n][lane] / size, 2e-6);
        assertEquals(im0[n][lane], im[n][lane] / size, 2e-6);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 8, 10, 600, 1024})
  void pairedRealTransformIsTwiceTheTransformOfEachGroup(int size) {
    PairedRealFft fft = new PairedRealFft(size, LANES);
    float[][][] signals = {noise(size, 3), noise(size, 4)};
    for (int group = 0; group < 2; group++) {
      for (int n = 0; n < size; n++) {
        System.arraycopy(signals[group][n], 0, fft.samples(group)[n], 0, LANES);
      }
    }
    fft.forward();
    for (int group = 0; group < 2; group++) {
      for (int lane = 0; lane < LANES; lane++) {
        double[] expected = new double[2 * size];
        for (int n = 0; n < size; n++) {
          expected[2 * n] = signals[group][n][lane];
        }
        new DoubleFFT_1D(size).complexForward(expected);
        for (int k = 0; k < fft.bins(); k++) {
          double tolerance = 1e-5 * Math.sqrt(size);
          assertEquals(2 * expected[2 * k], fft.re(group)[k][lane], tolerance);
          assertEquals(2 * expected[2 * k + 1], fft.im(group)[k][lane], tolerance);
        }
      }
    }
    fft.inverse();
    float gain = PairedRealFft.roundTripGain(size);
    for (int group = 0; group < 2; group++) {
      for (int n = 0; n < size; n++) {
        for (int lane = 0; lane < LANES; lane++) {
          assertEquals(signals[group][n][lane], fft.samples(group)[n][lane] / gain, 2e-6);
        }
      }
    }
  }

  private static float[][] noise(int rows, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] values = new float[rows][LANES];
    for (float[] row : values) {
      for (int q = 0; q < LANES; q++) {
        row[q] = (float) (2 * random.nextDouble() - 1);
      }
    }
    return values;
  }
}
