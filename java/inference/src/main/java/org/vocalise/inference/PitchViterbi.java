package org.vocalise.inference;

/*
 * The decoder of marl/crepe: hmmlearn's CategoricalHMM over 360 states, observed through the loudest
 * bin of each frame. A step moves at most 11 bins, so that only a band of the transitions is looked
 * at. Emissions have two values only, which makes ties frequent: hmmlearn's rules for them, the
 * smallest state at the end and the largest predecessor before it, are part of the result.
 */

/**
 * The most likely path of pitch bins through a signal. Scores are kept of 40 s at a time, 12 MB,
 * and made again where the path comes back to an earlier block. Immutable.
 */
final class PitchViterbi {
  private static final int REACH = 12;
  private static final int WIDTH = 2 * REACH - 1;
  private static final int DEFAULT_BLOCK = 4096;
  private static final double SELF = 0.1;

  private final int bins;
  private final int blockFrames;
  private final double[][] logTransition;
  private final double start;
  private final double hit;
  private final double miss;

  PitchViterbi(int bins) {
    this(bins, DEFAULT_BLOCK);
  }

  /**
   * Prepares.
   *
   * @param blockFrames frames whose scores are kept at a time
   */
  PitchViterbi(int bins, int blockFrames) {
    this.bins = bins;
    this.blockFrames = blockFrames;
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
    int blocks = (frames + blockFrames - 1) / blockFrames;
    double[][] beginnings = new double[blocks][bins];
    double[][] scores = new double[Math.min(frames, blockFrames)][bins];
    for (int bin = 0; bin < bins; bin++) {
      beginnings[0][bin] = start + (bin == observed[0] ? hit : miss);
    }
    for (int block = 1; block < blocks; block++) {
      score(beginnings[block - 1], observed, (block - 1) * blockFrames, blockFrames, scores);
      advance(
          scores[blockFrames - 1],
          beginnings[block],
          observed[block * blockFrames],
          new double[bins]);
    }
    int state = -1;
    for (int block = blocks - 1; block >= 0; block--) {
      int first = block * blockFrames;
      int count = Math.min(blockFrames, frames - first);
      score(beginnings[block], observed, first, count, scores);
      for (int t = count - 1; t >= 0; t--) {
        state = state < 0 ? best(scores[t]) : predecessor(scores[t], state);
        path[first + t] = state;
      }
    }
    return path;
  }

  /** Scores of consecutive frames, from those of the first. */
  private void score(double[] beginning, int[] observed, int first, int count, double[][] scores) {
    System.arraycopy(beginning, 0, scores[0], 0, bins);
    double[] highest = new double[bins];
    for (int t = 1; t < count; t++) {
      advance(scores[t - 1], scores[t], observed[first + t], highest);
    }
  }

  /**
   * One frame. Away from the edges all rows of transitions are the same and symmetric, and a bin's
   * predecessors are asked from the nearest on, until not even the window's highest score would win
   * from there: at once where scores are flat, which is nearly everywhere. Rounding keeps the order
   * of sums, so that the maxima are exactly those of all predecessors.
   *
   * @param highest scratch, as long as the scores
   */
  private void advance(double[] now, double[] next, int observed, double[] highest) {
    slidingMaxima(now, highest);
    int to = 0;
    for (; to < Math.min(WIDTH, bins); to++) {
      next[to] = edge(now, to);
    }
    double[] row = logTransition[bins / 2];
    for (; to < bins - WIDTH; to++) {
      double bound = highest[to - REACH + 1];
      double best = now[to] + row[REACH - 1];
      for (int step = 1; step < REACH && bound + row[REACH - 1 + step] > best; step++) {
        double below = now[to - step];
        double above = now[to + step];
        double value = (below > above ? below : above) + row[REACH - 1 + step];
        best = value > best ? value : best;
      }
      next[to] = best;
    }
    for (; to < bins; to++) {
      next[to] = edge(now, to);
    }
    double here = next[observed] + hit;
    for (int bin = 0; bin < bins; bin++) {
      next[bin] += miss;
    }
    next[observed] = here;
  }

  /** The highest of the 23 scores from each bin on, where there are as many: of 2, 4, 8, 16, 23. */
  private static void slidingMaxima(double[] scores, double[] highest) {
    System.arraycopy(scores, 0, highest, 0, scores.length);
    int width = 1;
    for (; 2 * width < WIDTH; width *= 2) {
      widen(highest, width, scores.length + 1 - 2 * width);
    }
    widen(highest, WIDTH - width, scores.length + 1 - WIDTH);
  }

  private static void widen(double[] highest, int by, int count) {
    for (int i = 0; i < count; i++) {
      highest[i] = Math.max(highest[i], highest[i + by]);
    }
  }

  private double edge(double[] now, int to) {
    double best = Double.NEGATIVE_INFINITY;
    int end = Math.min(bins, to + REACH);
    for (int from = Math.max(0, to - REACH + 1); from < end; from++) {
      best = Math.max(best, now[from] + logTransition[from][to - from + REACH - 1]);
    }
    return best;
  }

  /** Where the path ends: the lowest of equal bins. */
  private int best(double[] scores) {
    int best = 0;
    for (int bin = 1; bin < bins; bin++) {
      best = scores[bin] > scores[best] ? bin : best;
    }
    return best;
  }

  /** Where the path comes from: the highest of equal bins. */
  private int predecessor(double[] scores, int to) {
    double best = Double.NEGATIVE_INFINITY;
    int predecessor = 0;
    int end = Math.min(bins, to + REACH);
    for (int from = Math.max(0, to - REACH + 1); from < end; from++) {
      double value = scores[from] + logTransition[from][to - from + REACH - 1];
      if (value >= best) {
        best = value;
        predecessor = from;
      }
    }
    return predecessor;
  }
}
