package org.vocalise.cli.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders that outputs go to. */
public final class OutputFolder {
  private OutputFolder() {}

  /** Makes the folder that a file lies in, as {@link #make} does. */
  public static void makeFor(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      make(folder);
    }
  }

  /**
   * Makes a folder and its parents, and tells before any work where nothing can be written to it.
   *
   * @throws UsageException if it can't be made or written
   */
  public static void make(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UsageException(
          "-o: folder %s can't be made: %s".formatted(folder, Failure.of(e).message()));
    }
    if (!Files.isWritable(folder)) {
      throw new UsageException(
          "-o: folder %s may not be written; choose another, or change its permissions"
              .formatted(folder));
    }
  }
}
