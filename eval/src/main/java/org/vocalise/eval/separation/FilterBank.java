package org.vocalise.eval.separation;

import java.util.Arrays;
import org.vocalise.dsp.fft.RealFft;

/**
 * Spectra of filters from input rows to output rows, for {@link FilteredSegment}. Several segments
 * may share one; it has working memory: one thread.
 */
final class FilterBank {
  /** Transform length: a block and the longest filter must fit into it. */
  private static final int SIZE = 1 << 14;

  private final int taps;
  private final RealFft fft = new RealFft(SIZE);
  private final double[] time = new double[SIZE];
  private final double[] productRe = new double[SIZE / 2 + 1];
  private final double[] productIm = new double[SIZE / 2 + 1];
  private final double[][] inputRe;
  private final double[][] inputIm;

  FilterBank(int inputs, int taps) {
    this.taps = taps;
    inputRe = new double[inputs][SIZE / 2 + 1];
    inputIm = new double[inputs][SIZE / 2 + 1];
  }

  /** Samples by which a filtered block is longer than the block. */
  int tail() {
    return taps - 1;
  }

  /** Longest block in samples. */
  int longest() {
    return SIZE - tail();
  }

  /** Filters {@code [inputs][taps]} of one output from input {@code firstInput} on. */
  Output output(double[][] filters, int firstInput) {
    double[][] re = new double[filters.length][SIZE / 2 + 1];
    double[][] im = new double[filters.length][SIZE / 2 + 1];
    for (int i = 0; i < filters.length; i++) {
      Arrays.fill(time, 0);
      System.arraycopy(filters[i], 0, time, 0, taps);
      fft.forward(time, re[i], im[i]);
    }
    return new Output(firstInput, re, im);
  }

  /** Takes the block that the next calls of {@link #filter} are about. */
  void load(float[][] rows, int offset, int length) {
    for (int i = 0; i < inputRe.length; i++) {
      for (int n = 0; n < SIZE; n++) {
        time[n] = n < length ? rows[i][offset + n] : 0;
      }
      fft.forward(time, inputRe[i], inputIm[i]);
    }
  }

  /** The filtered block; {@code length + tail()} samples, valid until the next call. */
  double[] filter(Output output) {
    Arrays.fill(productRe, 0);
    Arrays.fill(productIm, 0);
    for (int i = 0; i < output.re.length; i++) {
      int input = output.firstInput + i;
      multiply(inputRe[input], inputIm[input], output.re[i], output.im[i], productRe, productIm);
    }
    fft.inverse(productRe, productIm, time);
    return time;
  }

  private static void multiply(
      double[] aRe, double[] aIm, double[] bRe, double[] bIm, double[] re, double[] im) {
    for (int k = 0; k < re.length; k++) {
      re[k] += aRe[k] * bRe[k] - aIm[k] * bIm[k];
      im[k] += aRe[k] * bIm[k] + aIm[k] * bRe[k];
    }
  }

  /** Spectra of the filters of one output. */
  static final class Output {
    private final int firstInput;
    private final double[][] re;
    private final double[][] im;

    private Output(int firstInput, double[][] re, double[][] im) {
      this.firstInput = firstInput;
      this.re = re;
      this.im = im;
    }
  }
}
