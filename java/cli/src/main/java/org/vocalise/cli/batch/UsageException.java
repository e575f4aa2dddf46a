package org.vocalise.cli.batch;

import java.io.Serial;

/**
 * A request that can't be carried out as given, found before any work was done: its message says
 * what to change on the command line. Exit code 2.
 */
public final class UsageException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** Describes the fault and the cure, as one line without a final full stop. */
  public UsageException(String message) {
    super(message);
  }
}
