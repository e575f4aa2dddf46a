package org.vocalise.cli.batch;

/** Exit codes of every command. */
public final class ExitCode {
  /** Done. */
  public static final int DONE = 0;

  /** A fault of the program itself. */
  public static final int INTERNAL = 1;

  /** Wrong usage. */
  public static final int USAGE = 2;

  /** Finished, some items failed. */
  public static final int SOME_FAILED = 3;

  /** Input unreadable or refused. */
  public static final int INPUT = 4;

  /** A comparison found differences. */
  public static final int DIFFERENT = 5;

  /** Interrupted by the user. */
  public static final int INTERRUPTED = 130;

  private ExitCode() {}
}
