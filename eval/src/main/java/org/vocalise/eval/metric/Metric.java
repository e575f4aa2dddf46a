package org.vocalise.eval.metric;

import java.io.IOException;
import java.util.Map;

/** A score of a synthesised recording against its reference. Implementations are thread-safe. */
public interface Metric {
  /** Name in reports, like {@code m_stft}. */
  String key();

  /** All that decides the score, in a fixed order, as a report names it: sizes, rates, sources. */
  Map<String, Object> definition();

  /**
   * Scores a pair.
   *
   * @return a finite number
   * @throws UndefinedScoreException if the pair has no such score, a silent one for instance
   * @throws InterruptedException if the thread is interrupted
   */
  double score(Pair pair) throws UndefinedScoreException, IOException, InterruptedException;
}
