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
  private final int size;
  private final int[] factors;
  private final int[] lengths;
  private final int[] rows;
  private final double[] cos;
  private final double[] sin;

  /**
   * Prepares transforms of one size.
   *
   * @param size samples per signal, a power of two
   */
  public DoubleLaneFft(int size) {
    if (size < 2 || Integer.bitCount(size) != 1) {
      throw new IllegalArgumentException("size " + size + " is not a power of two from 2 on");
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
   * Transforms samples into bins, kernel exp(-2 pi i k n / size).
   *
   * @param re real parts, {@code [size][at least lanes]}
   * @param im imaginary parts
   * @param lanes number of signals
   */
  public void forward(double[][] re, double[][] im, int lanes) {
    transform(re, im, lanes, 0, 0);
  }

  /** One factor's butterflies, then each part to its end: parts soon fit a core's first cache. */
  private void transform(double[][] re, double[][] im, int lanes, int first, int level) {
    int factor = factors[level];
    int m = lengths[level] / factor;
    int stride = size / lengths[level];
    for (int p = 0; p < m; p++) {
      if (factor == 4) {
        radix4(re, im, lanes, first + p, m, p * stride);
      } else {
        radix2(re, im, lanes, first + p, m, p * stride);
      }
    }
    if (level + 1 < factors.length) {
      for (int part = 0; part < factor; part++) {
        transform(re, im, lanes, first + part * m, level + 1);
      }
    }
  }

  private void radix4(double[][] re, double[][] im, int lanes, int a, int m, int w) {
    int b = a + m;
    int c = b + m;
    int d = c + m;
    sums(re[a], re[b], re[c], re[d], lanes);
    sums(im[a], im[b], im[c], im[d], lanes);
    twiddles(re[b], im[b], re[d], im[d], cos[w], sin[w], cos[3 * w], sin[3 * w], lanes);
    if (w != 0) {
      rotate(re[c], im[c], cos[2 * w], sin[2 * w], lanes);
    }
  }

  private void radix2(double[][] re, double[][] im, int lanes, int a, int m, int w) {
    sumDifference(re[a], re[a + m], lanes);
    sumDifference(im[a], im[a + m], lanes);
    if (w != 0) {
      rotate(re[a + m], im[a + m], cos[w], sin[w], lanes);
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
