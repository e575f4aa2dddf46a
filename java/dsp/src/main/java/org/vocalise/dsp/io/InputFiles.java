package org.vocalise.dsp.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Opens input files, with errors that say what is wrong with the path. */
public final class InputFiles {
  private InputFiles() {}

  /**
   * Opens a file for reading.
   *
   * @throws InputException if there is no such file, if it is a folder, or if it may not be read
   */
  public static FileChannel open(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new InputException(file, "is a folder where a file is expected");
    }
    try {
      return FileChannel.open(file, StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      throw withCause(new InputException(file, "no such file; check the path"), e);
    } catch (AccessDeniedException e) {
      throw withCause(new InputException(file, "may not be read; check its permissions"), e);
    }
  }

  private static InputException withCause(InputException error, IOException cause) {
    error.initCause(cause);
    return error;
  }
}
