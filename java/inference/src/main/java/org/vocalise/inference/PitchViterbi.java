package org.vocalise.inference;

/*
 * The decoder of marl/crepe: hmmlearn's CategoricalHMM over 360 states, observed through the loudest
 * bin of each frame. A step moves at most 11 bins, so that only a band of the transitions is looked
 * at. Emissions have two values only, which makes ties frequent: hmmlearn's rules for them, the
 * smallest state at the end and the largest predecessor before it, are part of the result.
 */

/** The most likely path of pitch bins through a signal. Immutable. */
final class PitchViterbi {
  private static final int REACH = 12;
  private static final double SELF = 0.1;

  private final int bins;
  private final double[][] logTransition;
  private final double start;
  private final double hit;
  private final double miss;

  PitchViterbi(int bins) {
    this.bins = bins;
    start = StrictMath.log(1.0 / bins);
    double other = (1 - SELF) / bins;
    hit = StrictMath.log(SELF + other);
    miss = StrictMath.log(other);
    logTransition = new double[bins][2 * REACH - 1];
    for (int from = 0; from < bins; from++) {
      int sum = 0;
      for (int to = 0; to < bins; to++) {
        sum += Math.max(0, REACH - Math.abs(from - to));
      }
      for (int step = 1 - REACH; step < REACH; step++) {
        logTransition[from][step + REACH - 1] =
            StrictMath.log((REACH - Math.abs(step)) / (double) sum);
      }
    }
  }

  /** The path for a sequence of observed bins, of the same length. */
  int[] path(int[] observed) {
    int frames = observed.length;
    int[] path = new int[frames];
    if (frames == 0) {
      return path;
    }
    byte[][] steps = new byte[frames][bins];
    double[] now = new double[bins];
    double[] next = new double[bins];
    for (int bin = 0; bin < bins; bin++) {
      now[bin] = start + (bin == observed[0] ? hit : miss);
    }
    for (int t = 1; t < frames; t++) {
      step(now, next, steps[t], observed[t]);
      double[] swap = now;
      now = next;
      next = swap;
    }
    int last = 0;
    for (int bin = 1; bin < bins; bin++) {
      last = now[bin] > now[last] ? bin : last;
    }
    for (int t = frames - 1; t >= 0; t--) {
      path[t] = last;
      last -= steps[t][last];
    }
    return path;
  }

  /** One frame; {@code steps} gets for each bin how far it lies above its predecessor. */
  private void step(double[] now, double[] next, byte[] steps, int observed) {
    for (int to = 0; to < bins; to++) {
      double best = Double.NEGATIVE_INFINITY;
      int predecessor = 0;
      int end = Math.min(bins, to + REACH);
      for (int from = Math.max(0, to - REACH + 1); from < end; from++) {
        double value = now[from] + logTransition[from][to - from + REACH - 1];
        if (value >= best) {
          best = value;
          predecessor = from;
        }
      }
      next[to] = best + (to == observed ? hit : miss);
      steps[to] = (byte) (to - predecessor);
    }
  }
}
