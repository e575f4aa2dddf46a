package org.vocalise.dsp.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Round numbers along an axis. */
public final class Ticks {
  /** Frequencies for axes that are not linear, the most wanted first. */
  private static final double[] FREQUENCIES = {
    0, 1000, 4000, 8000, 2000, 500, 16000, 250, 100, 6000, 3000, 12000, 20000, 10000, 1500
  };

  private Ticks() {}

  /** Multiples of 1, 2 or 5 x a power of ten from low to high, about {@code most} of them. */
  public static List<Double> between(double low, double high, int most) {
    List<Double> ticks = new ArrayList<>();
    double step = step(high - low, most);
    for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  private static double step(double range, int most) {
    double step = StrictMath.pow(10, Math.floor(StrictMath.log10(range / most)));
    for (double factor : new double[] {1, 2, 5}) {
      if (range / (factor * step) <= most) {
        return factor * step;
      }
    }
    return 10 * step;
  }

  /** A number with as many decimals as neighbours {@code step} away need. */
  public static String label(double value, double step) {
    int decimals = (int) Math.max(0, Math.min(6, Math.ceil(-StrictMath.log10(step) - 1e-9)));
    return String.format(Locale.ROOT, "%." + decimals + "f", value + 0.0);
  }

  /**
   * Frequencies to mark on an axis of rows.
   *
   * @param hertz frequency of every row
   * @param distance smallest distance between two marks, as a share of the axis
   */
  static List<Double> frequencies(double[] hertz, double distance) {
    int last = hertz.length - 1;
    double top = hertz[last];
    if (last == 0) {
      return List.of(top);
    }
    int middle = last / 2;
    double share = middle / (double) last;
    double straight = hertz[0] + share * (top - hertz[0]);
    if (Math.abs(hertz[middle] - straight) < 0.01 * top) {
      return between(hertz[0], top, (int) Math.min(8, 1 / distance));
    }
    List<Double> chosen = new ArrayList<>();
    for (double candidate : FREQUENCIES) {
      boolean clear = candidate >= hertz[0] && candidate <= top;
      for (double other : chosen) {
        clear &= Math.abs(place(hertz, candidate) - place(hertz, other)) >= distance;
      }
      if (clear) {
        chosen.add(candidate);
      }
    }
    return chosen;
  }

  /** Where a frequency lies among rows of equal height: 0 at the bottom, 1 at the top. */
  static double place(double[] hertz, double frequency) {
    int row = 0;
    while (row < hertz.length - 2 && hertz[row + 1] < frequency) {
      row++;
    }
    double width = hertz.length == 1 ? 1 : hertz[row + 1] - hertz[row];
    double fraction = (frequency - hertz[row]) / width;
    return Math.max(0, Math.min(1, (row + fraction + 0.5) / hertz.length));
  }
}
