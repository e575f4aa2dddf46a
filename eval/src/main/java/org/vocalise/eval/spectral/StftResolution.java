package org.vocalise.eval.spectral;

import java.util.List;

/**
 * One resolution of a multi-resolution distance.
 *
 * @param nFft transform length, a power of two
 * @param windowLength of the periodic Hann window, centred in the transform
 * @param hop samples from frame to frame
 */
public record StftResolution(int nFft, int windowLength, int hop) {
  /** The three of auraloss' {@code MultiResolutionSTFTLoss} (and of Parallel WaveGAN). */
  public static final List<StftResolution> AURALOSS =
      List.of(
          new StftResolution(1024, 600, 120),
          new StftResolution(2048, 1200, 240),
          new StftResolution(512, 240, 50));

  /** Power below which auraloss clamps. */
  private static final double FLOOR = 1e-8;

  /** Squared spectral convergence below which rounding would show in the tenth digit. */
  private static final double NEAR = 1e-6;

  /** First bin whose frequency is above {@code hz}. */
  public int firstBinAbove(double hz, int sampleRate) {
    return (int) Math.min(nFft / 2 + 1, Math.floor(hz * nFft / sampleRate) + 1);
  }

  /**
   * The sums of the bins below {@code splitBin} and of the others, magnitudes sqrt(max(|X|^2,
   * 1e-8)).
   *
   * @param x synthesised signal
   * @param y reference
   */
  public List<MagnitudeSums> sums(float[] x, float[] y, int splitBin) throws InterruptedException {
    List<MagnitudeSums> sums = sums(x, y, splitBin, false);
    boolean cancelled = sums.stream().anyMatch(s -> s.difference() < NEAR * s.energy());
    return cancelled ? sums(x, y, splitBin, true) : sums;
  }

  private List<MagnitudeSums> sums(float[] x, float[] y, int splitBin, boolean near)
      throws InterruptedException {
    Band below = new Band(near);
    Band above = new Band(near);
    new PairedSpectrogram(nFft, windowLength, hop)
        .run(
            x,
            y,
            (bin, frame, first, second, frames) ->
                (bin < splitBin ? below : above).add(first, second, frames));
    return List.of(below.sums(), above.sums());
  }

  /** Sums over a range of bins. */
  private static final class Band {
    private final double[] differences = new double[PairedSpectrogram.LANES];
    private final double[] energies = new double[PairedSpectrogram.LANES];
    private final RatioLogs logs = new RatioLogs(PairedSpectrogram.LANES);
    private final boolean near;
    private long values;

    /** For signals that are {@link #NEAR}, or for others. */
    Band(boolean near) {
      this.near = near;
    }

    void add(double[] x, double[] y, int frames) {
      if (near) {
        compareNear(x, y, differences, energies, frames);
      } else {
        compare(x, y, differences, energies, frames);
      }
      logs.add(x, y, frames);
      values += frames;
    }

    MagnitudeSums sums() {
      return new MagnitudeSums(sum(differences) / 2, sum(energies) / 2, logs.sum(), values);
    }

    /*
     * With a = 2 |X|^2 and b = 2 |Y|^2: 2 (|Y| - |X|)^2 = a + b - 2 sqrt(ab), and the ratio of the larger
     * magnitude to the smaller one is that of the larger power to sqrt(ab). Roots and quotients take the
     * most time here, so there is one root a value; 2 max(p, q) is p + q + |p - q|, as Math.max is slower.
     */

    /** Adds up, and leaves numbers in x and y whose ratio is that of the magnitudes, at least 1. */
    private static void compare(
        double[] x, double[] y, double[] differences, double[] energies, int frames) {
      for (int q = 0; q < frames; q++) {
        double a = x[q] + FLOOR + Math.abs(x[q] - FLOOR);
        double b = y[q] + FLOOR + Math.abs(y[q] - FLOOR);
        double root = Math.sqrt(a * b);
        double sum = a + b;
        differences[q] += sum - (root + root);
        energies[q] += b;
        x[q] = (sum + Math.abs(b - a)) * 0.5;
        y[q] = root;
      }
    }

    /** The same where magnitudes are so near that their squares' difference would be rounding. */
    private static void compareNear(
        double[] x, double[] y, double[] differences, double[] energies, int frames) {
      for (int q = 0; q < frames; q++) {
        double a = Math.sqrt(Math.max(x[q], FLOOR));
        double b = Math.sqrt(Math.max(y[q], FLOOR));
        differences[q] += 2 * (b - a) * (b - a);
        energies[q] += 2 * b * b;
        x[q] = Math.max(a, b);
        y[q] = Math.min(a, b);
      }
    }

    private static double sum(double[] values) {
      double sum = 0;
      for (double value : values) {
        sum += value;
      }
      return sum;
    }
  }
}
