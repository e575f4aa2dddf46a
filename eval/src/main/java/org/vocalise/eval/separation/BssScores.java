package org.vocalise.eval.separation;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Scores of all sources over all windows.
 *
 * @param windows by window; in each the score of every source, or null where something is silent
 * @param assignments of the windows: estimate that was judged for each source
 */
public record BssScores(
    List<@Nullable List<SourceScore>> windows, List<List<Integer>> assignments) {

  /**
   * Median over the windows that have scores, which is how SiSEC aggregates a track.
   *
   * @param source index of the source
   * @return NaN if no window has a score
   */
  public double median(int source, ToDoubleFunction<SourceScore> figure) {
    double[] values = new double[windows.size()];
    int count = 0;
    for (List<SourceScore> window : windows) {
      if (window != null) {
        values[count++] = figure.applyAsDouble(window.get(source));
      }
    }
    if (count == 0) {
      return Double.NaN;
    }
    double[] sorted = Arrays.copyOf(values, count);
    Arrays.sort(sorted);
    return (sorted[(count - 1) / 2] + sorted[count / 2]) / 2;
  }
}
