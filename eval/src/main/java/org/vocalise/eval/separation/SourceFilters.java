package org.vocalise.eval.separation;

/**
 * The filters of a set of separated sources: from all references to every estimate, and from each
 * reference alone to the estimates that are judged by it. Has working memory: one thread.
 */
final class SourceFilters {
  private final int sources;
  private final int channels;
  private final boolean permutations;
  private final FilterBank bank;
  private final FilterBank.Output[] spanned;
  private final FilterBank.Output[][] own;

  /**
   * Solves for all filters.
   *
   * @param correlations {@code [references][references + estimates][taps]}
   */
  SourceFilters(double[][][] correlations, int sources, BssOptions options) {
    this.sources = sources;
    channels = correlations.length / sources;
    permutations = options.permutations();
    bank = new FilterBank(sources * channels, options.taps());
    int rows = sources * channels;
    spanned = outputs(correlations, 0, rows, options);
    own = new FilterBank.Output[sources][];
    for (int j = 0; j < sources; j++) {
      own[j] = outputs(correlations, j * channels, (j + 1) * channels, options);
    }
  }

  private FilterBank.Output[] outputs(
      double[][][] correlations, int from, int to, BssOptions options) {
    int rows = sources * channels;
    double[][][] filters =
        ProjectionFilters.solve(correlations, from, to, rows, rows, options.regularised());
    FilterBank.Output[] outputs = new FilterBank.Output[rows];
    for (int row = 0; row < rows; row++) {
      outputs[row] = bank.output(filters[row], from);
    }
    return outputs;
  }

  int sources() {
    return sources;
  }

  int channels() {
    return channels;
  }

  FilterBank bank() {
    return bank;
  }

  /** Whether estimate {@code e} is compared with source {@code j}. */
  boolean judges(int j, int e) {
    return permutations || j == e;
  }

  /** From all references to a channel of an estimate. */
  FilterBank.Output spanned(int row) {
    return spanned[row];
  }

  /** From reference {@code j} to a channel of an estimate. */
  FilterBank.Output own(int j, int row) {
    return own[j][row];
  }
}
