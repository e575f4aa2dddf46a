package org.vocalise.dsp.fft;

/*
 * A complex transform of half the size over even and odd samples (self-sorting Stockham stages of
 * radix 4, 2 and odd primes), then the usual split into the spectrum of the real signal.
 *
 * Tables come from StrictMath and the loops use + - x only: all Java versions give the same bits.
 * JTransforms, which the tests compare with, fills its tables by Math.sin and Math.cos, whose last
 * bit may change with the Java version and the processor.
 */

/**
 * Fourier transform of one real signal of even length in double precision, for spectra that are
 * measured; {@link LaneFft} is the fast one for spectra that are iterated on. Every even size
 * works; the cost grows with the largest prime factor. Has working memory: one instance per thread.
 */
public final class RealFft {
  private final int size;
  private final int half;
  private final int[] factors;
  private final double[] cos;
  private final double[] sin;
  private double[] re;
  private double[] im;
  private double[] nextRe;
  private double[] nextIm;

  /** Prepares transforms of {@code size} samples, an even number. */
  public RealFft(int size) {
    if (size < 2 || size % 2 != 0) {
      throw new IllegalArgumentException("size " + size + " is not a positive even number");
    }
    this.size = size;
    half = size / 2;
    factors = Factors.of(half);
    cos = new double[size];
    sin = new double[size];
    for (int i = 0; i < size; i++) {
      double angle = -2 * Math.PI * i / size;
      cos[i] = StrictMath.cos(angle);
      sin[i] = StrictMath.sin(angle);
    }
    re = new double[half];
    im = new double[half];
    nextRe = new double[half];
    nextIm = new double[half];
  }

  /** Samples per signal. */
  public int size() {
    return size;
  }

  /**
   * Transforms {@code size} samples into size / 2 + 1 bins, kernel exp(-2 pi i k n / size).
   *
   * @param signal samples, not modified
   * @param outRe real parts, written
   * @param outIm imaginary parts, written
   */
  public void forward(double[] signal, double[] outRe, double[] outIm) {
    for (int n = 0; n < half; n++) {
      re[n] = signal[2 * n];
      im[n] = signal[2 * n + 1];
    }
    complex();
    for (int k = 0; k <= half; k++) {
      int a = k == half ? 0 : k;
      int b = k == 0 ? 0 : half - k;
      double evenRe = (re[a] + re[b]) / 2;
      double evenIm = (im[a] - im[b]) / 2;
      double oddRe = (im[a] + im[b]) / 2;
      double oddIm = (re[b] - re[a]) / 2;
      outRe[k] = evenRe + oddRe * cos[k] - oddIm * sin[k];
      outIm[k] = evenIm + oddRe * sin[k] + oddIm * cos[k];
    }
  }

  /**
   * Transforms size / 2 + 1 bins into {@code size} samples, scaled so that it undoes {@link
   * #forward}. The imaginary parts of the first and last bin are ignored.
   */
  public void inverse(double[] inRe, double[] inIm, double[] signal) {
    // With real and imaginary part exchanged a forward transform is an inverse one.
    for (int k = 0; k < half; k++) {
      double mirrorRe = inRe[half - k];
      double mirrorIm = k == 0 ? 0 : -inIm[half - k];
      double ownIm = k == 0 ? 0 : inIm[k];
      double evenRe = inRe[k] + mirrorRe;
      double evenIm = ownIm + mirrorIm;
      double diffRe = inRe[k] - mirrorRe;
      double diffIm = ownIm - mirrorIm;
      double oddRe = diffRe * cos[k] + diffIm * sin[k];
      double oddIm = diffIm * cos[k] - diffRe * sin[k];
      im[k] = evenRe - oddIm;
      re[k] = evenIm + oddRe;
    }
    complex();
    for (int n = 0; n < half; n++) {
      signal[2 * n] = im[n] / size;
      signal[2 * n + 1] = re[n] / size;
    }
  }

  private void complex() {
    int n = half;
    int stride = 1;
    for (int factor : factors) {
      int m = n / factor;
      switch (factor) {
        case 4 -> radix4(m, stride);
        case 2 -> radix2(m, stride);
        default -> prime(factor, m, stride);
      }
      double[] swap = re;
      re = nextRe;
      nextRe = swap;
      swap = im;
      im = nextIm;
      nextIm = swap;
      n = m;
      stride *= factor;
    }
  }

  private void radix4(int m, int stride) {
    int quarter = half / 4;
    for (int p = 0; p < m; p++) {
      int w = 2 * p * stride;
      double w1r = cos[w];
      double w1i = sin[w];
      double w2r = cos[2 * w];
      double w2i = sin[2 * w];
      double w3r = cos[3 * w % size];
      double w3i = sin[3 * w % size];
      for (int q = 0; q < stride; q++) {
        int a = q + stride * p;
        int b = a + quarter;
        int c = b + quarter;
        int d = c + quarter;
        double acr = re[a] + re[c];
        double aci = im[a] + im[c];
        double amcr = re[a] - re[c];
        double amci = im[a] - im[c];
        double bdr = re[b] + re[d];
        double bdi = im[b] + im[d];
        double bmdr = re[b] - re[d];
        double bmdi = im[b] - im[d];
        int o = q + 4 * stride * p;
        nextRe[o] = acr + bdr;
        nextIm[o] = aci + bdi;
        o += stride;
        double xr = amcr + bmdi;
        double xi = amci - bmdr;
        nextRe[o] = xr * w1r - xi * w1i;
        nextIm[o] = xr * w1i + xi * w1r;
        o += stride;
        xr = acr - bdr;
        xi = aci - bdi;
        nextRe[o] = xr * w2r - xi * w2i;
        nextIm[o] = xr * w2i + xi * w2r;
        o += stride;
        xr = amcr - bmdi;
        xi = amci + bmdr;
        nextRe[o] = xr * w3r - xi * w3i;
        nextIm[o] = xr * w3i + xi * w3r;
      }
    }
  }

  private void radix2(int m, int stride) {
    int middle = half / 2;
    for (int p = 0; p < m; p++) {
      double wr = cos[2 * p * stride];
      double wi = sin[2 * p * stride];
      for (int q = 0; q < stride; q++) {
        int a = q + stride * p;
        int b = a + middle;
        int o = q + 2 * stride * p;
        double xr = re[a] - re[b];
        double xi = im[a] - im[b];
        nextRe[o] = re[a] + re[b];
        nextIm[o] = im[a] + im[b];
        nextRe[o + stride] = xr * wr - xi * wi;
        nextIm[o + stride] = xr * wi + xi * wr;
      }
    }
  }

  private void prime(int prime, int m, int stride) {
    int step = half / prime;
    for (int p = 0; p < m; p++) {
      for (int t = 0; t < prime; t++) {
        for (int q = 0; q < stride; q++) {
          double sumRe = 0;
          double sumIm = 0;
          for (int r = 0; r < prime; r++) {
            int from = q + stride * (p + m * r);
            // The angle of the butterfly and of the twiddle together, in turns of 1 / half.
            int angle = 2 * (int) ((long) t * (p * (long) stride + (long) step * r) % half);
            sumRe += re[from] * cos[angle] - im[from] * sin[angle];
            sumIm += re[from] * sin[angle] + im[from] * cos[angle];
          }
          int to = q + stride * (prime * p + t);
          nextRe[to] = sumRe;
          nextIm[to] = sumIm;
        }
      }
    }
  }
}
