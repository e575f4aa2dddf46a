package org.vocalise.dsp.fft;

import java.util.Arrays;

/*
 * Group A rides in the real part, group B in the imaginary part. With Z the transform of A + iB:
 * A(k) = (Z(k) + Z*(N-k)) / 2 and B(k) = (Z(k) - Z*(N-k)) / 2i. Computed in place, A(k) ends up in
 * the rows of Z(k) and B(k), real and imaginary part exchanged, in those of Z(N-k): the spectra are
 * nothing but references to rows. The factor 1/2 is left out, so spectra are twice the transform.
 */

/**
 * Fourier transform of two groups of real signals at once, in place. Row n of {@link #samples
 * samples(g)} holds sample n of every signal of group g; between {@link #forward} and {@link
 * #inverse}, {@link #re re(g)} and {@link #im im(g)} hold row k = bin k of the spectra,
 * <b>twice</b> the transform; inverse gives the samples times 2 x size. For even sizes. One
 * instance per thread.
 */
public final class PairedRealFft {
  /** What a forward and an inverse transform together multiply by, for a given size. */
  public static float roundTripGain(int size) {
    return 2f * size;
  }

  private final LaneFft fft;
  private final int size;
  private final int lanes;
  private final float[][][] samples;
  private final float[][][] re;
  private final float[][][] im;

  /** Allocates the rows for two groups of {@code lanes} signals of {@code size} samples. */
  public PairedRealFft(int size, int lanes) {
    if (size % 2 != 0) {
      throw new IllegalArgumentException("size " + size + " is odd");
    }
    this.size = size;
    this.lanes = lanes;
    fft = new LaneFft(size, lanes);
    float[][] x = new float[size][lanes];
    float[][] y = new float[size][lanes];
    samples = new float[][][] {x, y};
    int bins = size / 2 + 1;
    re = new float[2][bins][];
    im = new float[2][bins][];
    for (int k = 0; k < bins; k++) {
      int row = fft.row(k);
      int mirror = fft.row((size - k) % size);
      boolean real = k == 0 || k == size / 2;
      re[0][k] = x[row];
      im[0][k] = real ? new float[lanes] : y[row];
      re[1][k] = y[mirror];
      im[1][k] = real ? new float[lanes] : x[mirror];
    }
  }

  /** Number of bins, size / 2 + 1. */
  public int bins() {
    return size / 2 + 1;
  }

  /** Signals per group. */
  public int lanes() {
    return lanes;
  }

  /**
   * Sample rows {@code [size][lanes]} of group 0 or 1, to be filled before the forward transform.
   */
  public float[][] samples(int group) {
    return samples[group];
  }

  /** Real parts {@code [bins][lanes]} of group 0 or 1. */
  public float[][] re(int group) {
    return re[group];
  }

  /** Imaginary parts {@code [bins][lanes]} of group 0 or 1. */
  public float[][] im(int group) {
    return im[group];
  }

  /** Turns sample rows into spectra. */
  public void forward() {
    fft.forward(samples[0], samples[1]);
    for (int k = 1; k < size / 2; k++) {
      LaneKernels.sumReverseDifference(re[0][k], im[1][k], lanes);
      LaneKernels.differenceSum(im[0][k], re[1][k], lanes);
    }
    for (int group = 0; group < 2; group++) {
      doubleReal(group, 0);
      doubleReal(group, size / 2);
    }
  }

  /** Turns spectra into sample rows; the imaginary parts of bins 0 and size / 2 are ignored. */
  public void inverse() {
    for (int k = 1; k < size / 2; k++) {
      LaneKernels.differenceSum(re[0][k], im[1][k], lanes);
      LaneKernels.sumReverseDifference(im[0][k], re[1][k], lanes);
    }
    fft.inverse(samples[0], samples[1]);
  }

  private void doubleReal(int group, int k) {
    LaneKernels.scaleInto(re[group][k], re[group][k], 2, lanes);
    Arrays.fill(im[group][k], 0);
  }
}
