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
    Band below = new Band();
    Band above = new Band();
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
    private long values;

    void add(double[] x, double[] y, int frames) {
      compare(x, y, differences, energies, frames);
      logs.add(x, y, frames);
      values += frames;
    }

    MagnitudeSums sums() {
      return new MagnitudeSums(sum(differences), sum(energies), logs.sum(), values);
    }

    /** Turns powers into magnitudes, and adds up squares. */
    private static void compare(
        double[] x, double[] y, double[] differences, double[] energies, int frames) {
      for (int q = 0; q < frames; q++) {
        double a = Math.sqrt(Math.max(x[q], FLOOR));
        double b = Math.sqrt(Math.max(y[q], FLOOR));
        double difference = b - a;
        x[q] = a;
        y[q] = b;
        differences[q] += difference * difference;
        energies[q] += b * b;
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
