package org.vocalise.eval.spectral;

import java.util.Arrays;

/**
 * Mean distances between the power spectra of two signals at one resolution, linear and
 * logarithmic. One instance per thread.
 */
public final class PowerDistance {
  private static final double LN2 = StrictMath.log(2);

  private final PairedSpectrogram spectra;
  private final double offset;
  private final double[] differences;
  private final RatioLogs logs;
  private double linear;
  private double log;
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
    differences = new double[spectra.lanes()];
    logs = new RatioLogs(spectra.lanes());
  }

  /** Adds all frames of two signals of one length. */
  public void add(float[] x, float[] y) throws InterruptedException {
    spectra.run(x, y, this::add);
  }

  /** Mean of |Sx - Sy|. */
  public double linear() {
    return linear / values;
  }

  /** Mean of |log2(Sx + offset) - log2(Sy + offset)|. */
  public double log2() {
    return log / values / LN2;
  }

  private void add(double[][] x, double[][] y, int frames) {
    Arrays.fill(differences, 0);
    for (int k = 0; k < spectra.bins(); k++) {
      distances(x[k], y[k], differences);
      raise(x[k], offset);
      raise(y[k], offset);
      logs.add(x[k], y[k]);
    }
    for (int q = 0; q < frames; q++) {
      linear += differences[q];
    }
    log += logs.take(frames);
    values += (long) spectra.bins() * frames;
  }

  private static void distances(double[] x, double[] y, double[] differences) {
    for (int q = 0; q < differences.length; q++) {
      differences[q] += Math.abs(x[q] - y[q]);
    }
  }

  private static void raise(double[] row, double offset) {
    for (int q = 0; q < row.length; q++) {
      row[q] += offset;
    }
  }
}
