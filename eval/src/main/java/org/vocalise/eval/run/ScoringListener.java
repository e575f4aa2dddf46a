package org.vocalise.eval.run;

/** Follows a run. Called by several threads at once. */
public interface ScoringListener {
  /**
   * A pair was scored.
   *
   * @param seconds of audio; 0 where an earlier run's scores were kept
   */
  void scored(String system, PairedFile pair, double seconds);

  /** A pair could not be scored; the others are. */
  void failed(String system, PairedFile pair, Throwable cause);
}
