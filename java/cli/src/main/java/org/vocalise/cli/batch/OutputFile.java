package org.vocalise.cli.batch;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.vocalise.dsp.io.AtomicFile;
import org.vocalise.dsp.io.InputException;

/** Files that appear whole or not at all. */
public final class OutputFile {
  /**
   * What writes a file.
   *
   * @param <T> what it tells about the file
   */
  @FunctionalInterface
  public interface Writing<T> {
    /** Writes to a temporary file, which gets its final name afterwards. */
    T to(Path temporary) throws IOException, InterruptedException;
  }

  private OutputFile() {}

  /**
   * Writes a file.
   *
   * @return what the writing returned
   * @throws FileSystemException if it can't be written; a full disk too is told with the file's
   *     name
   */
  public static <T> T write(Path target, boolean overwrite, Writing<T> writing)
      throws IOException, InterruptedException {
    try (AtomicFile file = AtomicFile.create(target, overwrite)) {
      try {
        T told = writing.to(file.temporary());
        file.commit();
        return told;
      } catch (InputException | FileSystemException | ClosedChannelException e) {
        throw e;
      } catch (IOException e) {
        throw named(e, file.temporary(), target);
      }
    }
  }

  /** The same fault, told with the name that the user gave. */
  private static IOException named(IOException fault, Path temporary, Path target) {
    String message = String.valueOf(fault.getMessage());
    return message.contains(temporary.toString())
        ? new IOException(message.replace(temporary.toString(), target.toString()), fault)
        : new IOException(target + ": " + message, fault);
  }
}
