package org.vocalise.cli.batch;

import java.io.PrintWriter;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a person or a program sees: results on standard output, all else on standard error. Every
 * message is one line. Thread-safe.
 */
public final class Console {
  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
  private static final String ERASE_LINE = "\r\u001b[2K";
  private static final String ERASE_LINE_ABOVE = "\u001b[1A\u001b[2K";
  private static final String WRAP_NO_LINES = "\u001b[?7l";
  private static final String WRAP_LINES = "\u001b[?7h";

  private final PrintWriter out;
  private final PrintWriter err;
  private final boolean quiet;
  private final boolean json;
  private final boolean terminal;
  private int statusLines;

  /**
   * Writes to two streams.
   *
   * @param quiet whether results and notes for persons are left out
   * @param json whether standard output carries one JSON document and nothing else
   * @param terminal whether standard error is a screen on which a line may be rewritten
   */
  public Console(PrintWriter out, PrintWriter err, boolean quiet, boolean json, boolean terminal) {
    this.out = out;
    this.err = err;
    this.quiet = quiet;
    this.json = json;
    this.terminal = terminal;
  }

  /** Whether standard error is a screen. */
  public boolean terminal() {
    return terminal;
  }

  /** Prints a line of the result, unless the caller asked for JSON or for quiet. */
  public synchronized void result(String line) {
    if (!quiet && !json) {
      eraseStatus();
      out.println(oneLine(line));
      out.flush();
    }
  }

  /** Prints the machine-readable result, where the caller asked for it. */
  public synchronized void document(Object document) {
    if (json) {
      eraseStatus();
      out.print(Json.write(document));
      out.flush();
    }
  }

  /** Prints what is good to know on standard error. */
  public synchronized void note(String line) {
    if (!quiet) {
      printError(line);
    }
  }

  /** Prints a warning on standard error, also when quiet. */
  public synchronized void warning(String line) {
    printError("warning: " + line);
  }

  /** Prints an error on standard error. */
  public synchronized void error(String line) {
    printError("error: " + line);
  }

  /** Prints a failure on standard error, with the stack trace on request. */
  public synchronized void failure(Failure failure, boolean debug) {
    error(failure.message());
    if (debug) {
      failure.cause().printStackTrace(err);
      err.flush();
    }
  }

  /** Shows a line that the next one replaces; only on a terminal. */
  public synchronized void status(String line) {
    status(List.of(line));
  }

  /** Shows lines that the next ones replace; only on a terminal. */
  public synchronized void status(List<String> lines) {
    if (terminal && !quiet && !lines.isEmpty()) {
      if (statusLines > 1) {
        eraseStatus();
      }
      String text = lines.stream().map(Console::oneLine).collect(Collectors.joining("\n"));
      // Lines that the terminal wraps could not be taken back.
      err.print(ERASE_LINE + (lines.size() == 1 ? text : WRAP_NO_LINES + text + WRAP_LINES));
      err.flush();
      statusLines = lines.size();
    }
  }

  /** Prints one of many JSON objects, a line each, where the caller asked for JSON. */
  public synchronized void object(String line) {
    if (json) {
      eraseStatus();
      out.println(line);
      out.flush();
    }
  }

  /** Takes the status line away. */
  public synchronized void clearStatus() {
    eraseStatus();
    err.flush();
  }

  /** A text without line breaks and other control characters, which names of files may hold. */
  public static String oneLine(String text) {
    return CONTROL.matcher(text).replaceAll("?");
  }

  private void printError(String line) {
    eraseStatus();
    err.println(oneLine(line));
    err.flush();
  }

  private void eraseStatus() {
    if (statusLines > 0) {
      err.print(ERASE_LINE + ERASE_LINE_ABOVE.repeat(statusLines - 1));
      statusLines = 0;
    }
  }
}
