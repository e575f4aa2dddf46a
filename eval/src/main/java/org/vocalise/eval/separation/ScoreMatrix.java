package org.vocalise.eval.separation;

import java.util.List;

/**
 * Scores of every estimate against every source in one window.
 *
 * @param rows by source, then by estimate
 */
record ScoreMatrix(List<List<SourceScore>> rows) {
  /** Score of estimate {@code e} against source {@code j}. */
  SourceScore at(int j, int e) {
    return rows.get(j).get(e);
  }
}
