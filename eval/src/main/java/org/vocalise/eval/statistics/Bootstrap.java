package org.vocalise.eval.statistics;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.vocalise.eval.result.Interval;

/**
 * Bootstrap interval of a mean over files (Efron 1979): the percentiles 2.5 and 97.5 of the means
 * of {@value #RESAMPLES} resamples, drawn with replacement from the files. The resamples depend on
 * the number of values alone, so the same values in the same order give the same interval on every
 * system, and all metrics of the same files see the same resamples. Thread-safe.
 */
public final class Bootstrap {
  /** Number of resamples. */
  public static final int RESAMPLES = 10_000;

  /** Seed of the resamples. */
  public static final long SEED = 20_231_101L;

  private static final double TAIL = 0.025;

  private Bootstrap() {}

  /**
   * The 95 % interval of a mean.
   *
   * @param values finite, one for each file
   * @return null for fewer than two values, which say nothing about their spread
   * @throws IllegalArgumentException if a value is NaN or infinite
   */
  public static @Nullable Interval meanInterval(double[] values) {
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("a value is " + value);
      }
    }
    int n = values.length;
    if (n < 2) {
      return null;
    }
    double[] means = new double[RESAMPLES];
    long state = SEED;
    for (int resample = 0; resample < RESAMPLES; resample++) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        state += 0x9E3779B97F4A7C15L;
        // 31 random bits times n, shifted: an index below n, its bias below n / 2^31.
        sum += values[(int) (((mixed(state) >>> 33) * n) >>> 31)];
      }
      means[resample] = sum / n;
    }
    Arrays.sort(means);
    return new Interval(quantile(means, TAIL), quantile(means, 1 - TAIL));
  }

  /** Output function of SplitMix64 (Steele, Lea, Flood 2014). */
  private static long mixed(long state) {
    long z = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** Linear between the order statistics around (n - 1) share, as NumPy's percentiles are. */
  private static double quantile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
