package org.vocalise.eval.statistics;

/** Upper tail of the standard normal distribution. */
final class NormalTail {
  private static final double ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

  /** From here on the continued fraction converges quickly. */
  private static final double FAR = 3;

  private static final int TERMS = 200;

  private NormalTail() {}

  /** Probability of a value above z >= 0, to a relative error below 1e-12. */
  static double above(double z) {
    double density = StrictMath.exp(-0.5 * z * z) / ROOT_TWO_PI;
    return z < FAR ? 0.5 - density * series(z) : density / fraction(z);
  }

  /** z + z^3 / 3 + z^5 / (3 5) + ..., Abramowitz and Stegun 26.2.11. */
  private static double series(double z) {
    double term = z;
    double sum = z;
    for (int odd = 3; term > 1e-17 * sum; odd += 2) {
      term *= z * z / odd;
      sum += term;
    }
    return sum;
  }

  /** z + 1 / (z + 2 / (z + 3 / ...)), Abramowitz and Stegun 26.2.14. */
  private static double fraction(double z) {
    double value = z;
    for (int k = TERMS; k >= 1; k--) {
      value = z + k / value;
    }
    return value;
  }
}
