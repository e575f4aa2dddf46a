package org.vocalise.training.run;

import java.util.Locale;

/** What a run is doing. */
public enum RunState {
  /** It makes steps, or is about to. */
  RUNNING,
  /** All steps are done. */
  FINISHED,
  /** It was asked to stop, and can be resumed. */
  STOPPED,
  /** It ended with an error. */
  FAILED,
  /** Its process is there, and says nothing for five times the usual interval. */
  STALLED,
  /** Its process or container is gone without a word: killed, out of memory, machine restarted. */
  LOST;

  /** The word of the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
