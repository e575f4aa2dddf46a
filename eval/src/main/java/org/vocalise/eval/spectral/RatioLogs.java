package org.vocalise.eval.spectral;

import java.util.Arrays;

/*
 * The logarithm of a product is the sum of the logarithms: products are multiplied up, their powers of
 * two set aside every 16 rows, and StrictMath called once a lane. Quotients of numbers within
 * [1e-8, 1e11] cannot overflow so; others may give no finite sum.
 */

/** Sums |ln(a / b)| over rows of positive numbers, lane by lane. Not thread-safe. */
final class RatioLogs {
  private static final int ROWS = 16;
  private static final double LN2 = StrictMath.log(2);
  private static final int MANTISSA_BITS = 52;

  /** Exponent of 1 as doubles hold it. */
  private static final long BIAS = 1023;

  private final double[] product;
  private final long[] exponents;
  private int pending;

  RatioLogs(int lanes) {
    product = new double[lanes];
    exponents = new long[lanes];
    Arrays.fill(product, 1);
  }

  /** Adds the first {@code lanes} of a row of each. */
  void add(double[] a, double[] b, int lanes) {
    multiply(a, b, product, lanes);
    pending++;
    if (pending == ROWS) {
      setExponentsAside(product, exponents);
      pending = 0;
    }
  }

  /** The sum over all that was added. */
  double sum() {
    double sum = 0;
    for (int q = 0; q < product.length; q++) {
      sum += exponents[q] * LN2 + StrictMath.log(product[q]);
    }
    return sum;
  }

  private static void multiply(double[] a, double[] b, double[] product, int lanes) {
    for (int q = 0; q < lanes; q++) {
      product[q] *= Math.max(a[q], b[q]) / Math.min(a[q], b[q]);
    }
  }

  /** Brings the products, all of them at least 1, into [1, 2); infinite ones stay infinite. */
  private static void setExponentsAside(double[] product, long[] exponents) {
    for (int q = 0; q < product.length; q++) {
      long biased = Double.doubleToRawLongBits(product[q]) >>> MANTISSA_BITS;
      exponents[q] += biased - BIAS;
      product[q] *= Double.longBitsToDouble((2 * BIAS - biased) << MANTISSA_BITS);
    }
  }
}
