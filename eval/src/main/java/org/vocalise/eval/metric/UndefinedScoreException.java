package org.vocalise.eval.metric;

/** A pair that has no score by some metric; the message says why, in words for the report. */
public final class UndefinedScoreException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a reason like {@code no frame of the reference is voiced}. */
  public UndefinedScoreException(String reason) {
    super(reason);
  }
}
