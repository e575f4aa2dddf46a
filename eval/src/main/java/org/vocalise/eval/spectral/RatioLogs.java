package org.vocalise.eval.spectral;

import java.util.Arrays;

/*
 * The logarithm of a product is the sum of the logarithms: numerators and denominators are multiplied
 * up, divided every 8 rows with the quotient's power of two set aside, and StrictMath called once a
 * lane. Numbers within [1e-38, 1e38] cannot overflow so; others may give no finite sum.
 */

/** Sums ln(a / b), a not below b, over rows of positive numbers, lane by lane. Not thread-safe. */
final class RatioLogs {
  private static final int ROWS = 8;
  private static final double LN2 = StrictMath.log(2);
  private static final int MANTISSA_BITS = 52;

  /** Exponent of 1 as doubles hold it. */
  private static final long BIAS = 1023;

  private final double[] numerators;
  private final double[] denominators;
  private final long[] exponents;
  private int pending;

  RatioLogs(int lanes) {
    numerators = new double[lanes];
    denominators = new double[lanes];
    exponents = new long[lanes];
    Arrays.fill(numerators, 1);
    Arrays.fill(denominators, 1);
  }

  /** Adds the first {@code lanes} of a row of each. */
  void add(double[] a, double[] b, int lanes) {
    multiply(a, b, numerators, denominators, lanes);
    pending++;
    if (pending == ROWS) {
      divide(numerators, denominators, exponents);
      pending = 0;
    }
  }

  /** The sum over all that was added. */
  double sum() {
    double sum = 0;
    for (int q = 0; q < numerators.length; q++) {
      sum += exponents[q] * LN2 + StrictMath.log(numerators[q] / denominators[q]);
    }
    return sum;
  }

  private static void multiply(
      double[] a, double[] b, double[] numerators, double[] denominators, int lanes) {
    for (int q = 0; q < lanes; q++) {
      numerators[q] *= a[q];
      denominators[q] *= b[q];
    }
  }

  /** Turns products into quotients in [1, 2) over 1; infinite ones stay infinite. */
  private static void divide(double[] numerators, double[] denominators, long[] exponents) {
    for (int q = 0; q < numerators.length; q++) {
      double quotient = numerators[q] / denominators[q];
      long biased = Double.doubleToRawLongBits(quotient) >>> MANTISSA_BITS;
      exponents[q] += biased - BIAS;
      numerators[q] = quotient * Double.longBitsToDouble((2 * BIAS - biased) << MANTISSA_BITS);
      denominators[q] = 1;
    }
  }
}
