package org.vocalise.dsp.io;

import java.nio.file.FileSystemException;

/**
 * What a file system's refusal says to a person: Java leaves the reason out of many. Thread-safe.
 */
public final class FileFaults {
  private FileFaults() {}

  /** The file, and why it was refused. */
  public static String describe(FileSystemException fault) {
    return fault.getFile() + ": " + reason(fault);
  }

  /** Why a file was refused: the system's words, or those for the exception's class. */
  public static String reason(FileSystemException fault) {
    String reason = fault.getReason();
    if (reason != null) {
      return reason;
    }
    return switch (fault.getClass().getSimpleName()) {
      case "NoSuchFileException" -> "no such file or folder";
      case "AccessDeniedException" -> "permission denied";
      case "FileAlreadyExistsException" -> "is a file where a folder is needed";
      default -> fault.getClass().getSimpleName();
    };
  }
}
