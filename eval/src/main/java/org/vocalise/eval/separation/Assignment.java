package org.vocalise.eval.separation;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which estimate belongs to which source: the permutation of the best mean SIR. */
final class Assignment {
  private Assignment() {}

  /**
   * Chooses and picks: with filters of each window in each window, else once for all of them.
   *
   * @param windows by window, null where something is silent
   */
  static BssScores of(List<@Nullable ScoreMatrix> windows, int sources, BssOptions options) {
    List<int[]> candidates = new ArrayList<>();
    permute(new int[sources], 0, new boolean[sources], options.permutations(), candidates);
    List<@Nullable List<SourceScore>> scores = new ArrayList<>();
    List<List<Integer>> assignments = new ArrayList<>();
    int[] shared = best(windows, candidates);
    for (@Nullable ScoreMatrix window : windows) {
      int[] chosen = options.filtersPerWindow() ? best(single(window), candidates) : shared;
      List<Integer> assignment = new ArrayList<>();
      List<SourceScore> picked = new ArrayList<>();
      for (int j = 0; j < sources; j++) {
        assignment.add(chosen[j]);
        if (window != null) {
          picked.add(window.at(j, chosen[j]));
        }
      }
      assignments.add(assignment);
      scores.add(window == null ? null : picked);
    }
    return new BssScores(scores, assignments);
  }

  private static List<@Nullable ScoreMatrix> single(@Nullable ScoreMatrix window) {
    List<@Nullable ScoreMatrix> one = new ArrayList<>();
    one.add(window);
    return one;
  }

  private static int[] best(List<@Nullable ScoreMatrix> windows, List<int[]> candidates) {
    int[] best = candidates.get(0);
    double highest = Double.NEGATIVE_INFINITY;
    for (int[] candidate : candidates) {
      double sum = 0;
      for (@Nullable ScoreMatrix window : windows) {
        for (int j = 0; window != null && j < candidate.length; j++) {
          sum += window.at(j, candidate[j]).sir();
        }
      }
      if (sum > highest) {
        highest = sum;
        best = candidate;
      }
    }
    return best;
  }

  /** All permutations in lexicographic order, or the identity alone. */
  private static void permute(
      int[] chosen, int depth, boolean[] used, boolean all, List<int[]> found) {
    if (depth == chosen.length) {
      found.add(chosen.clone());
      return;
    }
    for (int e = all ? 0 : depth; e < (all ? chosen.length : depth + 1); e++) {
      if (!used[e]) {
        used[e] = true;
        chosen[depth] = e;
        permute(chosen, depth + 1, used, all, found);
        used[e] = false;
      }
    }
  }
}
