package org.vocalise.dsp.fft;

/*
 * The double precision sibling of LaneFft: decimation in frequency, radix 4 and at most one radix 2,
 * bins left in digit-reversed rows, loops that the JIT compiler of Java 17 turns into vector
 * instructions. Only + - x and tables by StrictMath: all Java versions give the same bits.
 */

/**
 * Complex Fourier transform of many signals of one length at once, in place, in double precision,
 * for spectra that are measured. Row n holds sample n of every signal (a lane each); after {@link
 * #forward} row {@link #row row(k)} holds bin k. Unscaled. Immutable and thread-safe.
 */
public final class DoubleLaneFft {
  /** Gives the samples, a row of all signals at a time. */
  @FunctionalInterface
  public interface Input {
    /** Writes sample {@code n} of every signal; each is asked for once, right before its use. */
    void row(int n, double[] re, double[] im);
  }

  private final int size;
  private final int[] factors;
  private final int[] lengths;
  private final int[] rows;
  private final double[] cos;
  private final double[] sin;

  /**
   * Prepares transforms of one size.
   *
   * @param size samples per signal, a power of two from 4 on
   */
  public DoubleLaneFft(int size) {
    if (size < 4 || Integer.bitCount(size) != 1) {
      throw new IllegalArgumentException("size " + size + " is not a power of two from 4 on");
    }
    this.size = size;
    factors = Factors.of(size);
    lengths = new int[factors.length];
    for (int level = 0, n = size; level < factors.length; level++) {
      lengths[level] = n;
      n /= factors[level];
    }
    rows = new int[size];
    cos = new double[size];
    sin = new double[size];
    for (int k = 0; k < size; k++) {
      rows[k] = reversed(k);
      double angle = -2 * Math.PI * k / size;
      cos[k] = StrictMath.cos(angle);
      sin[k] = StrictMath.sin(angle);
    }
  }

  /** Samples per signal. */
  public int size() {
    return size;
  }

  /** The row that holds bin {@code k} after {@link #forward}. */
  public int row(int k) {
    return rows[k];
  }

  /**
   * Transforms weighted samples into bins, kernel exp(-2 pi i k n / size).
   *
   * @param re takes the real parts, {@code [size][at least lanes]}
   * @param im takes the imaginary parts
   * @param lanes number of signals
   * @param weights {@code [size]}, a window for instance
   * @param input gives the samples
   */
  public void forward(double[][] re, double[][] im, int lanes, double[] weights, Input input) {
    for (int p = 0; p < size / 4; p++) {
      firstButterfly(re, im, lanes, p, weights, input);
    }
    // Each part to its end before the next: parts soon fit a core's first cache.
    int last = factors.length - 1;
    for (int first = 0; first < size; first += lengths[last]) {
      for (int level = 1; level <= last; level++) {
        if (first % lengths[level] == 0) {
          stage(re, im, lanes, first, level);
        }
      }
    }
  }

  /** One factor's butterflies of one part. */
  private void stage(double[][] re, double[][] im, int lanes, int first, int level) {
    int m = lengths[level] / factors[level];
    int stride = size / lengths[level];
    for (int p = 0; p < m; p++) {
      butterfly(re, im, lanes, first + p, m, p * stride, factors[level]);
    }
  }

  /** A butterfly of the first factor, with its samples: what was written a moment ago is read. */
  private void firstButterfly(
      double[][] re, double[][] im, int lanes, int p, double[] weights, Input input) {
    int m = size / 4;
    for (int n = p; n < size; n += m) {
      input.row(n, re[n], im[n]);
    }
    weightedSums(re, weights, p, m, lanes);
    weightedSums(im, weights, p, m, lanes);
    turn(re, im, lanes, p, m, p);
  }

  private void butterfly(double[][] re, double[][] im, int lanes, int a, int m, int w, int factor) {
    if (factor == 4) {
      sums(re[a], re[a + m], re[a + 2 * m], re[a + 3 * m], lanes);
      sums(im[a], im[a + m], im[a + 2 * m], im[a + 3 * m], lanes);
      turn(re, im, lanes, a, m, w);
    } else {
      sumDifference(re[a], re[a + m], lanes);
      sumDifference(im[a], im[a + m], lanes);
      rotate(re[a + m], im[a + m], w, lanes);
    }
  }

  /** Second half of a radix-4 butterfly. */
  private void turn(double[][] re, double[][] im, int lanes, int a, int m, int w) {
    int b = a + m;
    int c = b + m;
    int d = c + m;
    twiddles(re[b], im[b], re[d], im[d], cos[w], sin[w], cos[3 * w], sin[3 * w], lanes);
    rotate(re[c], im[c], 2 * w, lanes);
  }

  private void rotate(double[] re, double[] im, int w, int lanes) {
    if (w != 0) {
      rotate(re, im, cos[w], sin[w], lanes);
    }
  }

  /** First half of a radix-4 butterfly of weighted samples. */
  private static void weightedSums(double[][] rows, double[] weights, int p, int m, int lanes) {
    weightedSums(
        rows[p],
        rows[p + m],
        rows[p + 2 * m],
        rows[p + 3 * m],
        weights[p],
        weights[p + m],
        weights[p + 2 * m],
        weights[p + 3 * m],
        lanes);
  }

  private static void weightedSums(
      double[] a,
      double[] b,
      double[] c,
      double[] d,
      double aWeight,
      double bWeight,
      double cWeight,
      double dWeight,
      int lanes) {
    for (int q = 0; q < lanes; q++) {
      double ac = a[q] * aWeight + c[q] * cWeight;
      double amc = a[q] * aWeight - c[q] * cWeight;
      double bd = b[q] * bWeight + d[q] * dWeight;
      double bmd = b[q] * bWeight - d[q] * dWeight;
      a[q] = ac + bd;
      b[q] = amc;
      c[q] = ac - bd;
      d[q] = bmd;
    }
  }

  /** First half of a radix-4 butterfly, for real or imaginary rows alike. */
  private static void sums(double[] a, double[] b, double[] c, double[] d, int lanes) {
    for (int q = 0; q < lanes; q++) {
      double ac = a[q] + c[q];
      double amc = a[q] - c[q];
      double bd = b[q] + d[q];
      double bmd = b[q] - d[q];
      a[q] = ac + bd;
      b[q] = amc;
      c[q] = ac - bd;
      d[q] = bmd;
    }
  }

  /** Second half: rows b and d become (b - i d) u and (b + i d) v. */
  private static void twiddles(
      double[] bRe,
      double[] bIm,
      double[] dRe,
      double[] dIm,
      double uRe,
      double uIm,
      double vRe,
      double vIm,
      int lanes) {
    for (int q = 0; q < lanes; q++) {
      double xr = bRe[q] + dIm[q];
      double xi = bIm[q] - dRe[q];
      double yr = bRe[q] - dIm[q];
      double yi = bIm[q] + dRe[q];
      bRe[q] = xr * uRe - xi * uIm;
      bIm[q] = xr * uIm + xi * uRe;
      dRe[q] = yr * vRe - yi * vIm;
      dIm[q] = yr * vIm + yi * vRe;
    }
  }

  private static void rotate(double[] re, double[] im, double wRe, double wIm, int lanes) {
    for (int q = 0; q < lanes; q++) {
      double x = re[q];
      double y = im[q];
      re[q] = x * wRe - y * wIm;
      im[q] = x * wIm + y * wRe;
    }
  }

  private static void sumDifference(double[] a, double[] b, int lanes) {
    for (int q = 0; q < lanes; q++) {
      double x = a[q];
      double y = b[q];
      a[q] = x + y;
      b[q] = x - y;
    }
  }

  private int reversed(int k) {
    int row = 0;
    int n = size;
    int rest = k;
    for (int factor : factors) {
      n /= factor;
      row += rest % factor * n;
      rest /= factor;
    }
    return row;
  }
}
