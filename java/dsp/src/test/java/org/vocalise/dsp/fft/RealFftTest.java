package org.vocalise.dsp.fft;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.jtransforms.fft.DoubleFFT_1D;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RealFftTest {
  @ParameterizedTest
  @ValueSource(ints = {2, 4, 6, 8, 10, 14, 16, 30, 64, 256, 512, 600, 1024, 1102, 1200, 2048, 4096})
  void agreesWithJTransformsAndInverts(int size) {
    double[] signal = new SplittableRandom(size).doubles(size, -1, 1).toArray();
    double[] re = new double[size / 2 + 1];
    double[] im = new double[size / 2 + 1];
    RealFft fft = new RealFft(size);
    fft.forward(signal, re, im);
    double[] expected = new double[2 * size];
    for (int n = 0; n < size; n++) {
      expected[2 * n] = signal[n];
    }
    new DoubleFFT_1D(size).complexForward(expected);
    for (int k = 0; k <= size / 2; k++) {
      assertEquals(expected[2 * k], re[k], 1e-12 * size);
      assertEquals(expected[2 * k + 1], im[k], 1e-12 * size);
    }
    double[] back = new double[size];
    fft.inverse(re, im, back);
    for (int n = 0; n < size; n++) {
      assertEquals(signal[n], back[n], 1e-13 * size);
    }
  }
}
