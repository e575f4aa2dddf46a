package org.vocalise.dsp.io;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;

/**
 * An input that can't be used: its message names the file, the place in it, what was found there
 * and what to do. The command line turns it into one line and exit code 4.
 */
public final class InputException extends IOException {
  @Serial private static final long serialVersionUID = 1L;

  /**
   * Describes a fault at a place of a file.
   *
   * @param file the file as the user named it
   * @param place where in the file, for instance {@code "byte 44"} or {@code "index [3, 17]"}
   * @param reason what was found, and the cure, without a final full stop; control characters,
   *     which text from a damaged file may bring, become question marks
   */
  public InputException(Path file, String place, String reason) {
    super(file + ": " + place + ": " + oneLine(reason));
  }

  /** Describes a fault of a file as a whole. */
  public InputException(Path file, String reason) {
    super(file + ": " + oneLine(reason));
  }

  /** Describes a fault at a byte offset of a file. */
  public static InputException atByte(Path file, long offset, String reason) {
    return new InputException(file, "byte " + offset, reason);
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\p{Cc}", "?");
  }
}
