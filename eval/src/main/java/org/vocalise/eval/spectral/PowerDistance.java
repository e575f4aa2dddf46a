package org.vocalise.eval.spectral;

/**
 * Mean distances between the power spectra of two signals at one resolution, linear and
 * logarithmic. One instance per thread.
 */
public final class PowerDistance {
  private static final double LN2 = StrictMath.log(2);

  private final PairedSpectrogram spectra;
  private final double offset;
  private final double[] differences = new double[PairedSpectrogram.LANES];
  private final RatioLogs logs = new RatioLogs(PairedSpectrogram.LANES);
  private long values;

  /**
   * Prepares for one resolution.
   *
   * @param nFft transform and window length, a power of two
   * @param offset added to powers before the logarithm
   */
  public PowerDistance(int nFft, int hop, double offset) {
    spectra = new PairedSpectrogram(nFft, nFft, hop);
    this.offset = offset;
  }

  /** Adds all frames of two signals of one length. */
  public void add(float[] x, float[] y) throws InterruptedException {
    spectra.run(x, y, this::add);
  }

  /** Mean of |Sx - Sy|. */
  public double linear() {
    double sum = 0;
    for (double difference : differences) {
      sum += difference;
    }
    return sum / values;
  }

  /** Mean of |log2(Sx + offset) - log2(Sy + offset)|. */
  public double log2() {
    return logs.sum() / values / LN2;
  }

  private void add(int bin, int frame, double[] x, double[] y, int frames) {
    compare(x, y, differences, offset, frames);
    logs.add(x, y, frames);
    values += frames;
  }

  /** Adds up differences, and leaves the larger and the smaller power, raised by the offset. */
  private static void compare(
      double[] x, double[] y, double[] differences, double offset, int frames) {
    for (int q = 0; q < frames; q++) {
      differences[q] += Math.abs(x[q] - y[q]);
      double larger = Math.max(x[q], y[q]) + offset;
      y[q] = Math.min(x[q], y[q]) + offset;
      x[q] = larger;
    }
  }
}
