package org.vocalise.cli.batch;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * How far a run is: a bar that is drawn anew on a terminal, a plain line now and then elsewhere.
 * Thread-safe.
 */
public final class Progress {
  private static final long BAR_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int BAR_WIDTH = 16;

  private final Console console;
  private final int files;
  private final long start = System.nanoTime();
  private long shown = start;
  private int done;
  private int kept;
  private double seconds;

  /** Starts at nothing done. */
  public Progress(Console console, int files) {
    this.console = console;
    this.files = files;
  }

  /** Counts a finished file. */
  public synchronized void fileDone() {
    done++;
    show();
  }

  /**
   * Counts a file that an earlier run had finished, which tells nothing about the time of others.
   */
  public synchronized void fileKept() {
    kept++;
    fileDone();
  }

  /** Counts audio that was worked through. */
  public synchronized void audio(double newSeconds) {
    seconds += newSeconds;
    show();
  }

  /** An estimate of the time that is left, from the files that this run has worked on. */
  private String left(double elapsed) {
    int worked = done - kept;
    if (worked == 0 || done == files) {
      return "";
    }
    double left = elapsed / worked * (files - done);
    return left < 100
        ? String.format(Locale.ROOT, ", about %.0f s left", left)
        : String.format(Locale.ROOT, ", about %.0f min left", left / 60);
  }

  private void show() {
    long now = System.nanoTime();
    if (now - shown < (console.terminal() ? BAR_NANOS : LINE_NANOS)) {
      return;
    }
    shown = now;
    String text =
        String.format(
            Locale.ROOT,
            "%d of %d files, %.0f s of audio, %.0f s%s",
            done,
            files,
            seconds,
            (now - start) * 1e-9,
            left((now - start) * 1e-9));
    if (console.terminal()) {
      int filled = (int) ((long) BAR_WIDTH * done / files);
      console.status("[" + "#".repeat(filled) + ".".repeat(BAR_WIDTH - filled) + "] " + text);
    } else {
      console.note(text);
    }
  }
}
