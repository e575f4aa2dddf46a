package org.vocalise.cli;

import java.util.List;

/** A curve in one line of text. */
final class Sparkline {
  private static final String BLOCKS = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";
  private static final String ASCII = "_.-~=+*#";

  private Sparkline() {}

  /**
   * Draws values from left to right, the lowest as the lowest character.
   *
   * @param values any number; those that are no numbers leave a gap
   * @param width characters at most
   * @param blocks whether the terminal shows block elements
   */
  static String of(List<Double> values, int width, boolean blocks) {
    String levels = blocks ? BLOCKS : ASCII;
    int columns = Math.min(width, values.size());
    double[] means = new double[columns];
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < columns; i++) {
      int from = (int) ((long) i * values.size() / columns);
      int to = (int) ((i + 1L) * values.size() / columns);
      double sum = 0;
      for (double value : values.subList(from, to)) {
        sum += value;
      }
      means[i] = sum / (to - from);
      if (Double.isFinite(means[i])) {
        low = Math.min(low, means[i]);
        high = Math.max(high, means[i]);
      }
    }
    StringBuilder line = new StringBuilder();
    for (double mean : means) {
      if (!Double.isFinite(mean)) {
        line.append(' ');
        continue;
      }
      int level =
          high > low ? (int) ((mean - low) / (high - low) * (levels.length() - 1) + 0.5) : 0;
      line.append(levels.charAt(level));
    }
    return line.toString();
  }
}
