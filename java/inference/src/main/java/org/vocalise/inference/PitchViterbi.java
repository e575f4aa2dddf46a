package org.vocalise.inference;

/*
 * The decoder of marl/crepe: hmmlearn's CategoricalHMM over 360 states, observed through the loudest
 * bin of each frame. A step moves at most 11 bins, so that only a band of the transitions is looked
 * at. Emissions have two values only, which makes ties frequent: hmmlearn's rules for them, the
 * smallest state at the end and the largest predecessor before it, are part of the result.
 */

/**
 * The most likely path of pitch bins through a signal. Scores are kept of 82 s at a time, 24 MB,
 * and made again where the path comes back to an earlier block. Immutable.
 */
final class PitchViterbi {
  private static final int REACH = 12;
  private static final int WIDTH = 2 * REACH - 1;
  private static final int DEFAULT_BLOCK = 8192;
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
      advance(scores[blockFrames - 1], beginnings[block], observed[block * blockFrames]);
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
    for (int t = 1; t < count; t++) {
      advance(scores[t - 1], scores[t], observed[first + t]);
    }
  }

  /**
   * One frame. Away from the edges all rows of transitions are the same and symmetric, so that of
   * two predecessors at the same distance the higher one is taken before the sum: rounding keeps
   * the order. Four bins at a time, none of which waits for another. Comparisons instead of
   * Math.max, which knows of NaN and is slower for it.
   */
  private void advance(double[] now, double[] next, int observed) {
    int to = 0;
    for (; to < Math.min(WIDTH, bins); to++) {
      next[to] = edge(now, to);
    }
    for (; to + 4 <= bins - WIDTH; to += 4) {
      double[] row = logTransition[to];
      double weight = row[REACH - 1];
      double a = now[to] + weight;
      double b = now[to + 1] + weight;
      double c = now[to + 2] + weight;
      double d = now[to + 3] + weight;
      for (int i = 1; i < REACH; i++) {
        weight = row[REACH - 1 + i];
        int lo = to - i;
        int hi = to + i;
        double va = (now[lo] > now[hi] ? now[lo] : now[hi]) + weight;
        double vb = (now[lo + 1] > now[hi + 1] ? now[lo + 1] : now[hi + 1]) + weight;
        double vc = (now[lo + 2] > now[hi + 2] ? now[lo + 2] : now[hi + 2]) + weight;
        double vd = (now[lo + 3] > now[hi + 3] ? now[lo + 3] : now[hi + 3]) + weight;
        a = va > a ? va : a;
        b = vb > b ? vb : b;
        c = vc > c ? vc : c;
        d = vd > d ? vd : d;
      }
      next[to] = a;
      next[to + 1] = b;
      next[to + 2] = c;
      next[to + 3] = d;
    }
    for (; to < bins; to++) {
      next[to] = edge(now, to);
    }
    for (int bin = 0; bin < bins; bin++) {
      next[bin] += bin == observed ? hit : miss;
    }
  }

  private double edge(double[] now, int to) {
    double best = Double.NEGATIVE_INFINITY;
    int end = Math.min(bins, to + REACH);
    for (int from = Math.max(0, to - REACH + 1); from < end; from++) {
      double value = now[from] + logTransition[from][to - from + REACH - 1];
      best = value > best ? value : best;
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
