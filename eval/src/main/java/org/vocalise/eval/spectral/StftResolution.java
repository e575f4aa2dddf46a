package org.vocalise.eval.spectral;

import java.util.Arrays;
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
    PairedSpectrogram spectra = new PairedSpectrogram(nFft, windowLength, hop);
    Band below = new Band(0, splitBin, spectra.lanes());
    Band above = new Band(splitBin, spectra.bins(), spectra.lanes());
    spectra.run(
        x,
        y,
        (first, second, frames) -> {
          below.add(first, second, frames);
          above.add(first, second, frames);
        });
    return List.of(below.sums(), above.sums());
  }

  /** Sums over a range of bins. */
  private static final class Band {
    private final int from;
    private final int to;
    private final double[] differences;
    private final double[] energies;
    private final RatioLogs logs;
    private double difference;
    private double energy;
    private double log;
    private long values;

    Band(int from, int to, int lanes) {
      this.from = from;
      this.to = to;
      differences = new double[lanes];
      energies = new double[lanes];
      logs = new RatioLogs(lanes);
    }

    void add(double[][] x, double[][] y, int frames) {
      Arrays.fill(differences, 0);
      Arrays.fill(energies, 0);
      for (int k = from; k < to; k++) {
        magnitudes(x[k]);
        magnitudes(y[k]);
        squares(x[k], y[k], differences, energies);
        logs.add(x[k], y[k]);
      }
      for (int q = 0; q < frames; q++) {
        difference += differences[q];
        energy += energies[q];
      }
      log += logs.take(frames);
      values += (long) (to - from) * frames;
    }

    MagnitudeSums sums() {
      return new MagnitudeSums(difference, energy, log, values);
    }

    private static void magnitudes(double[] row) {
      for (int q = 0; q < row.length; q++) {
        row[q] = Math.sqrt(Math.max(row[q], FLOOR));
      }
    }

    private static void squares(double[] x, double[] y, double[] differences, double[] energies) {
      for (int q = 0; q < differences.length; q++) {
        double difference = y[q] - x[q];
        differences[q] += difference * difference;
        energies[q] += y[q] * y[q];
      }
    }
  }
}
