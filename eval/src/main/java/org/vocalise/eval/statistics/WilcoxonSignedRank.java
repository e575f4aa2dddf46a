package org.vocalise.eval.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Wilcoxon's signed-rank test of paired values (Wilcoxon 1945), two-sided: do the differences lie
 * around zero? Differences of zero are left out, and equal ones share their mean rank. Up to
 * {@value #LARGEST_EXACT} differences the distribution over all choices of signs is counted out,
 * ties included; above, it is the normal one with the variance corrected for ties and without a
 * correction for continuity.
 *
 * @param differences number of differences that are not zero
 * @param positiveRanks sum of the ranks of positive differences
 * @param p probability of ranks at least this far from the middle, if signs were random; 1 where
 *     every difference is zero
 * @param exact whether the distribution was counted out
 */
public record WilcoxonSignedRank(int differences, double positiveRanks, double p, boolean exact) {
  /** Most differences for which the distribution is counted out. */
  public static final int LARGEST_EXACT = 50;

  /**
   * Tests two series of paired values.
   *
   * @throws IllegalArgumentException if lengths differ, or a difference is NaN or infinite
   */
  public static WilcoxonSignedRank of(double[] first, double[] second) {
    if (first.length != second.length) {
      throw new IllegalArgumentException(
          first.length + " values can't be paired with " + second.length);
    }
    double[] differences =
        IntStream.range(0, first.length)
            .mapToDouble(i -> first[i] - second[i])
            .filter(difference -> difference != 0)
            .toArray();
    for (double difference : differences) {
      if (!Double.isFinite(difference)) {
        throw new IllegalArgumentException("a difference is " + difference);
      }
    }
    if (differences.length == 0) {
      return new WilcoxonSignedRank(0, 0, 1, true);
    }
    return of(differences);
  }

  private static WilcoxonSignedRank of(double[] differences) {
    int n = differences.length;
    int[] doubled = doubledRanks(differences);
    int positive = 0;
    for (int i = 0; i < n; i++) {
      positive += differences[i] > 0 ? doubled[i] : 0;
    }
    boolean exact = n <= LARGEST_EXACT;
    double p = exact ? exact(doubled, positive) : normal(doubled, positive);
    return new WilcoxonSignedRank(n, positive / 2.0, p, exact);
  }

  /** Twice the mean rank of each magnitude: whole numbers also where ranks are shared. */
  private static int[] doubledRanks(double[] differences) {
    Integer[] order = IntStream.range(0, differences.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(i -> Math.abs(differences[i])));
    int[] ranks = new int[order.length];
    int end;
    for (int begin = 0; begin < order.length; begin = end) {
      end = begin + 1;
      while (end < order.length
          && Math.abs(differences[order[end]]) == Math.abs(differences[order[begin]])) {
        end++;
      }
      for (int i = begin; i < end; i++) {
        ranks[order[i]] = begin + 1 + end;
      }
    }
    return ranks;
  }

  /** Shares of the 2^n choices of signs by their sum of positive ranks, added rank by rank. */
  private static double exact(int[] doubled, int positive) {
    int total = Arrays.stream(doubled).sum();
    double[] shares = new double[total + 1];
    shares[0] = 1;
    int reached = 0;
    for (int rank : doubled) {
      reached += rank;
      for (int sum = reached; sum >= 0; sum--) {
        shares[sum] = 0.5 * (shares[sum] + (sum >= rank ? shares[sum - rank] : 0));
      }
    }
    int smaller = Math.min(positive, total - positive);
    double tail = 0;
    for (int sum = 0; sum <= smaller; sum++) {
      tail += shares[sum];
    }
    return Math.min(1, 2 * tail);
  }

  /** The variance is a quarter of the sum of squared ranks, which ties have lowered already. */
  private static double normal(int[] doubled, int positive) {
    double squares = 0;
    double sum = 0;
    for (int rank : doubled) {
      squares += 0.25 * rank * rank;
      sum += 0.5 * rank;
    }
    double distance = Math.abs(positive / 2.0 - sum / 2);
    return Math.min(1, 2 * NormalTail.above(distance / Math.sqrt(squares / 4)));
  }
}
