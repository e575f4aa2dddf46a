package org.vocalise.eval.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Holm's correction of several tests (Holm 1979): calling all those with a corrected p below 0.05
 * significant errs in any of them with a probability below 0.05. Thread-safe.
 */
public final class Holm {
  private Holm() {}

  /** The corrected p of each test, in the order given. */
  public static double[] corrected(double[] p) {
    Integer[] order = IntStream.range(0, p.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(i -> p[i]));
    double[] corrected = new double[p.length];
    double largest = 0;
    for (int i = 0; i < order.length; i++) {
      largest = Math.max(largest, Math.min(1, (p.length - i) * p[order[i]]));
      corrected[order[i]] = largest;
    }
    return corrected;
  }
}
