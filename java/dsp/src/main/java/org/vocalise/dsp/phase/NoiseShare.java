package org.vocalise.dsp.phase;

/**
 * How far bins of an estimated spectrogram hold noise, from 0 to 1. Estimates of noise are smooth
 * over frequency, those of harmonics are not: what counts is the standard deviation of ln magnitude
 * in the 25 bins around. Goes from bin to bin with running sums; for one thread.
 */
final class NoiseShare {
  private static final int REACH = 12;
  private static final double ALL_NOISE = 0.3;
  private static final double NO_NOISE = 0.7;

  private final float[] logs;
  private final int frames;
  private final int lowest;
  private final int highest;
  private final double[] sums;
  private final double[] squares;
  private int bin;

  /**
   * Starts before a bin.
   *
   * @param logs ln magnitudes {@code [bins][frames]}, unchanged while this is used
   * @param first the bin of the first {@link #next}
   * @param lowest the first bin that counts
   * @param highest the last one
   */
  NoiseShare(float[] logs, int frames, int first, int lowest, int highest) {
    this.logs = logs;
    this.frames = frames;
    this.lowest = lowest;
    this.highest = highest;
    bin = first;
    sums = new double[frames];
    squares = new double[frames];
    for (int k = from(first - 1); k <= Math.min(highest, first - 1 + REACH); k++) {
      add(k, 1);
    }
  }

  /** Writes the share of noise of the next bin in each frame. */
  void next(float[] shares) {
    int entering = bin + REACH;
    if (entering <= highest) {
      add(entering, 1);
    }
    int leaving = bin - REACH - 1;
    if (leaving >= lowest) {
      add(leaving, -1);
    }
    int count = Math.min(highest, bin + REACH) - from(bin) + 1;
    for (int t = 0; t < frames; t++) {
      double mean = sums[t] / count;
      double deviation = Math.sqrt(Math.max(0, squares[t] / count - mean * mean));
      double share = (NO_NOISE - deviation) / (NO_NOISE - ALL_NOISE);
      shares[t] = (float) Math.max(0, Math.min(1, share));
    }
    bin++;
  }

  private int from(int center) {
    return Math.max(lowest, center - REACH);
  }

  private void add(int k, int sign) {
    for (int t = 0; t < frames; t++) {
      double value = logs[k * frames + t];
      sums[t] += sign * value;
      squares[t] += sign * value * value;
    }
  }
}
