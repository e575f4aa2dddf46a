package org.vocalise.eval.separation;

import java.util.Arrays;
import org.vocalise.dsp.fft.RealFft;

/*
 * r_ab(lag) = sum over t of a[t] b[t + lag]. A block of a, followed by zeros, against the same block
 * of b and what follows it for as long as the longest lag: cross spectra of such blocks add up, and
 * one inverse transform at the end gives all lags.
 */

/**
 * Correlations of reference channels with reference and estimate channels at lags 0 to {@code lags
 * - 1}, collected block by block in memory that does not depend on the length. Not thread-safe.
 */
final class Correlations {
  private static final int SIZE = 1 << 14;

  private final int references;
  private final int rows;
  private final int lags;
  private final RealFft fft = new RealFft(SIZE);
  private final float[][] buffer;
  private final double[] time = new double[SIZE];
  private final double[][] blockRe;
  private final double[][] blockIm;
  private final double[] longRe = new double[SIZE / 2 + 1];
  private final double[] longIm = new double[SIZE / 2 + 1];
  private final double[][][] sumRe;
  private final double[][][] sumIm;
  private int filled;

  /**
   * Prepares empty sums.
   *
   * @param references number of reference channels, the first rows
   * @param rows number of all channels
   */
  Correlations(int references, int rows, int lags) {
    this.references = references;
    this.rows = rows;
    this.lags = lags;
    buffer = new float[rows][SIZE];
    blockRe = new double[references][SIZE / 2 + 1];
    blockIm = new double[references][SIZE / 2 + 1];
    sumRe = new double[references][rows][SIZE / 2 + 1];
    sumIm = new double[references][rows][SIZE / 2 + 1];
  }

  /** Adds frames {@code offset} to {@code offset + length - 1} of a block {@code [rows]}. */
  void add(float[][] block, int offset, int length) {
    int done = 0;
    while (done < length) {
      int count = Math.min(length - done, SIZE - filled);
      for (int row = 0; row < rows; row++) {
        System.arraycopy(block[row], offset + done, buffer[row], filled, count);
      }
      filled += count;
      done += count;
      if (filled == SIZE) {
        correlate(SIZE - lags + 1);
      }
    }
  }

  /** Ends the signals; {@code [references][rows][lags]}. */
  double[][][] finish() {
    while (filled > 0) {
      for (float[] row : buffer) {
        Arrays.fill(row, filled, SIZE, 0);
      }
      correlate(Math.min(filled, SIZE - lags + 1));
    }
    double[][][] found = new double[references][rows][];
    for (int a = 0; a < references; a++) {
      for (int b = 0; b < rows; b++) {
        fft.inverse(sumRe[a][b], sumIm[a][b], time);
        found[a][b] = Arrays.copyOf(time, lags);
      }
    }
    return found;
  }

  /** Adds the first {@code length} frames of the buffer, which leave it. */
  private void correlate(int length) {
    for (int a = 0; a < references; a++) {
      load(a, length);
      fft.forward(time, blockRe[a], blockIm[a]);
    }
    for (int b = 0; b < rows; b++) {
      load(b, SIZE);
      fft.forward(time, longRe, longIm);
      for (int a = 0; a < references; a++) {
        multiply(blockRe[a], blockIm[a], longRe, longIm, sumRe[a][b], sumIm[a][b]);
      }
    }
    for (float[] row : buffer) {
      System.arraycopy(row, length, row, 0, SIZE - length);
    }
    filled = Math.max(0, filled - length);
  }

  private void load(int row, int length) {
    for (int i = 0; i < SIZE; i++) {
      time[i] = i < length ? buffer[row][i] : 0;
    }
  }

  /** Adds conj(a) b. */
  private static void multiply(
      double[] aRe, double[] aIm, double[] bRe, double[] bIm, double[] re, double[] im) {
    for (int k = 0; k < re.length; k++) {
      re[k] += aRe[k] * bRe[k] + aIm[k] * bIm[k];
      im[k] += aRe[k] * bIm[k] - aIm[k] * bRe[k];
    }
  }
}
