package org.vocalise.eval.spectral;

import java.util.Arrays;

/*
 * The logarithm of a product is the sum of the logarithms: one call of StrictMath for 16 values.
 * Quotients of numbers within [1e-8, 1e11] cannot overflow so.
 */

/** Sums |ln(a / b)| over rows of positive numbers, lane by lane. Not thread-safe. */
final class RatioLogs {
  private static final int ROWS = 16;

  private final double[] product;
  private final double[] sums;
  private int pending;

  RatioLogs(int lanes) {
    product = new double[lanes];
    sums = new double[lanes];
    clear();
  }

  /** Adds a row of each. */
  void add(double[] a, double[] b) {
    multiply(a, b, product);
    pending++;
    if (pending == ROWS) {
      flush();
    }
  }

  /** The sum over all rows and the first {@code lanes} lanes since the last call. */
  double take(int lanes) {
    flush();
    double sum = 0;
    for (int q = 0; q < lanes; q++) {
      sum += sums[q];
    }
    clear();
    return sum;
  }

  private static void multiply(double[] a, double[] b, double[] product) {
    for (int q = 0; q < product.length; q++) {
      product[q] *= Math.max(a[q], b[q]) / Math.min(a[q], b[q]);
    }
  }

  private void flush() {
    for (int q = 0; q < product.length; q++) {
      sums[q] += StrictMath.log(product[q]);
      product[q] = 1;
    }
    pending = 0;
  }

  private void clear() {
    Arrays.fill(product, 1);
    Arrays.fill(sums, 0);
    pending = 0;
  }
}
