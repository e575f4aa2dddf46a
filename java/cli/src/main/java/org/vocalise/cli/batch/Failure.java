package org.vocalise.cli.batch;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.FileSystemException;
import java.nio.file.InvalidPathException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.io.FileFaults;
import org.vocalise.dsp.io.InputException;

/**
 * An exception as a person should read it.
 *
 * @param message one line: what was wrong, where, and what to do
 * @param exitCode one of {@link ExitCode}
 * @param cause the exception, whose stack trace {@code --debug} shows
 */
public record Failure(String message, int exitCode, Throwable cause) {
  /** Describes an exception. */
  public static Failure of(Throwable cause) {
    if (cause instanceof UsageException) {
      return new Failure(message(cause), ExitCode.USAGE, cause);
    }
    if (cause instanceof InvalidPathException fault) {
      return new Failure(
          "'%s' can't be a file name in this locale's encoding, %s: set LC_ALL=C.UTF-8"
              .formatted(fault.getInput(), System.getProperty("sun.jnu.encoding")),
          ExitCode.USAGE,
          cause);
    }
    if (cause instanceof InputException) {
      return new Failure(message(cause), ExitCode.INPUT, cause);
    }
    if (isInterruption(cause)) {
      return new Failure(
          "interrupted; finished files are whole, and --resume goes on with a run into a folder",
          ExitCode.INTERRUPTED,
          cause);
    }
    if (cause instanceof FileSystemException fault) {
      return new Failure(FileFaults.describe(fault), ExitCode.SOME_FAILED, cause);
    }
    if (cause instanceof IOException) {
      return new Failure(message(cause), ExitCode.SOME_FAILED, cause);
    }
    if (cause instanceof OutOfMemoryError) {
      return new Failure(
          "not enough memory: use fewer --jobs, or give Java more with -Xmx",
          ExitCode.INTERNAL,
          cause);
    }
    return new Failure(
        "internal error: " + cause + " (--debug shows where)", ExitCode.INTERNAL, cause);
  }

  /** An interrupted thread's channel is closed; what used it may tell that in its own words. */
  private static boolean isInterruption(@Nullable Throwable cause) {
    return cause != null
        && (cause instanceof InterruptedException
            || cause instanceof ClosedByInterruptException
            || isInterruption(cause.getCause()));
  }

  private static String message(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  /** The failure of an item, as a JSON document lists it. */
  public Map<String, Object> document(Item item) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("source", item.portableName());
    document.put("reason", message);
    return document;
  }
}
