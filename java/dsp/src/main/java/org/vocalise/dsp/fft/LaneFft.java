package org.vocalise.dsp.fft;

/*
 * Decimation in frequency forward and in time backward, so that bins may stay in digit-reversed
 * rows and nothing is ever permuted. Radix 4 where it divides, radix 2 once, and plain discrete
 * Fourier transforms of the prime factors that remain (cost grows with their sum: every size works,
 * sizes without large prime factors are fast).
 *
 * Tables come from StrictMath and the loops use + - x only: all Java versions give the same bits.
 */

/**
 * Complex Fourier transform of many signals of one length at once, in place. Row n holds sample n
 * of every signal (a lane each); after {@link #forward} row {@link #row row(k)} holds bin k.
 * Unscaled: forward then inverse multiplies by the size. Immutable apart from the scratch rows that
 * prime factors above 4 need: one instance per thread.
 */
public final class LaneFft {
  private final int size;
  private final int lanes;
  private final int[] factors;
  private final int[] rows;
  private final float[] cos;
  private final float[] sin;
  private final float[][] scratchRe;
  private final float[][] scratchIm;

  /**
   * Prepares transforms of one size.
   *
   * @param size samples per signal, at least 1
   * @param lanes number of signals
   */
  public LaneFft(int size, int lanes) {
    if (size < 1 || lanes < 1) {
      throw new IllegalArgumentException("size " + size + ", lanes " + lanes + ": not positive");
    }
    this.size = size;
    this.lanes = lanes;
    factors = Factors.of(size);
    rows = new int[size];
    for (int k = 0; k < size; k++) {
      rows[k] = reversed(k);
    }
    cos = new float[size];
    sin = new float[size];
    for (int i = 0; i < size; i++) {
      double angle = -2 * Math.PI * i / size;
      cos[i] = (float) StrictMath.cos(angle);
      sin[i] = (float) StrictMath.sin(angle);
    }
    int largest = 0;
    for (int factor : factors) {
      largest = factor == 4 || factor == 2 ? largest : Math.max(largest, factor);
    }
    scratchRe = new float[largest][largest == 0 ? 0 : lanes];
    scratchIm = new float[largest][largest == 0 ? 0 : lanes];
  }

  /** Samples per signal. */
  public int size() {
    return size;
  }

  /** Number of signals. */
  public int lanes() {
    return lanes;
  }

  /** The row that holds bin {@code k} between {@link #forward} and {@link #inverse}. */
  public int row(int k) {
    return rows[k];
  }

  /** Transforms {@code [size][lanes]} samples into bins, kernel exp(-2 pi i k n / size). */
  public void forward(float[][] re, float[][] im) {
    int n = size;
    for (int factor : factors) {
      int m = n / factor;
      int stride = size / n;
      for (int group = 0; group < size; group += n) {
        for (int p = 0; p < m; p++) {
          switch (factor) {
            case 4 -> forward4(re, im, group + p, m, p * stride);
            case 2 -> forward2(re, im, group + p, m, p * stride);
            default -> forwardPrime(re, im, group + p, m, p * stride, factor);
          }
        }
      }
      n = m;
    }
  }

  /**
   * Transforms {@code [size][lanes]} bins into samples, unscaled, kernel exp(2 pi i k n / size).
   */
  public void inverse(float[][] re, float[][] im) {
    int m = 1;
    for (int stage = factors.length - 1; stage >= 0; stage--) {
      int factor = factors[stage];
      int n = m * factor;
      int stride = size / n;
      for (int group = 0; group < size; group += n) {
        for (int p = 0; p < m; p++) {
          switch (factor) {
            case 4 -> inverse4(re, im, group + p, m, p * stride);
            case 2 -> inverse2(re, im, group + p, m, p * stride);
            default -> inversePrime(re, im, group + p, m, p * stride, factor);
          }
        }
      }
      m = n;
    }
  }

  private void forward4(float[][] re, float[][] im, int a, int m, int w) {
    int b = a + m;
    int c = b + m;
    int d = c + m;
    LaneKernels.radix4Sums(re[a], re[b], re[c], re[d], lanes);
    LaneKernels.radix4Sums(im[a], im[b], im[c], im[d], lanes);
    LaneKernels.radix4Twiddles(
        re[b], im[b], re[d], im[d], cos[w], sin[w], cos[3 * w], sin[3 * w], lanes);
    if (w != 0) {
      LaneKernels.rotate(re[c], im[c], cos[2 * w], sin[2 * w], lanes);
    }
  }

  private void inverse4(float[][] re, float[][] im, int a, int m, int w) {
    int b = a + m;
    int c = b + m;
    int d = c + m;
    if (w != 0) {
      LaneKernels.rotate(re[b], im[b], cos[w], -sin[w], lanes);
      LaneKernels.rotate(re[c], im[c], cos[2 * w], -sin[2 * w], lanes);
      LaneKernels.rotate(re[d], im[d], cos[3 * w], -sin[3 * w], lanes);
    }
    LaneKernels.radix4InverseTurn(re[b], im[b], re[d], im[d], lanes);
    LaneKernels.radix4InverseSums(re[a], re[b], re[c], re[d], lanes);
    LaneKernels.radix4InverseSums(im[a], im[b], im[c], im[d], lanes);
  }

  private void forward2(float[][] re, float[][] im, int a, int m, int w) {
    LaneKernels.sumDifference(re[a], re[a + m], lanes);
    LaneKernels.sumDifference(im[a], im[a + m], lanes);
    if (w != 0) {
      LaneKernels.rotate(re[a + m], im[a + m], cos[w], sin[w], lanes);
    }
  }

  private void inverse2(float[][] re, float[][] im, int a, int m, int w) {
    if (w != 0) {
      LaneKernels.rotate(re[a + m], im[a + m], cos[w], -sin[w], lanes);
    }
    LaneKernels.sumDifference(re[a], re[a + m], lanes);
    LaneKernels.sumDifference(im[a], im[a + m], lanes);
  }

  private void forwardPrime(float[][] re, float[][] im, int a, int m, int w, int prime) {
    primeTransform(re, im, a, m, prime, 1);
    for (int t = 0; t < prime; t++) {
      int row = a + t * m;
      System.arraycopy(scratchRe[t], 0, re[row], 0, lanes);
      System.arraycopy(scratchIm[t], 0, im[row], 0, lanes);
      LaneKernels.rotate(re[row], im[row], cos[t * w], sin[t * w], lanes);
    }
  }

  private void inversePrime(float[][] re, float[][] im, int a, int m, int w, int prime) {
    for (int t = 1; t < prime; t++) {
      LaneKernels.rotate(re[a + t * m], im[a + t * m], cos[t * w], -sin[t * w], lanes);
    }
    primeTransform(re, im, a, m, prime, -1);
    for (int t = 0; t < prime; t++) {
      System.arraycopy(scratchRe[t], 0, re[a + t * m], 0, lanes);
      System.arraycopy(scratchIm[t], 0, im[a + t * m], 0, lanes);
    }
  }

  /** Plain transform of the rows a, a + m, ... into the scratch rows; sign -1 for the inverse. */
  private void primeTransform(float[][] re, float[][] im, int a, int m, int prime, int sign) {
    for (int t = 0; t < prime; t++) {
      LaneKernels.scaleInto(scratchRe[t], re[a], 1, lanes);
      LaneKernels.scaleInto(scratchIm[t], im[a], 1, lanes);
      for (int r = 1; r < prime; r++) {
        int angle = (int) ((long) r * t % prime) * (size / prime);
        float c = cos[angle];
        float s = sign * sin[angle];
        LaneKernels.addScaled(scratchRe[t], re[a + r * m], c, lanes);
        LaneKernels.addScaled(scratchRe[t], im[a + r * m], -s, lanes);
        LaneKernels.addScaled(scratchIm[t], im[a + r * m], c, lanes);
        LaneKernels.addScaled(scratchIm[t], re[a + r * m], s, lanes);
      }
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
