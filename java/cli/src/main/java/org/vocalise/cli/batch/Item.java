package org.vocalise.cli.batch;

import java.nio.file.Files;
import java.nio.file.Path;
import org.vocalise.dsp.io.InputException;

/**
 * A file to work on.
 *
 * @param file where it is
 * @param name its path relative to the folder that was given, or its file name; outputs keep it
 */
public record Item(Path file, Path name) {
  /** The name with forward slashes on every system, as a manifest records it. */
  public String portableName() {
    return name.toString().replace(name.getFileSystem().getSeparator(), "/");
  }

  /**
   * Checks that the item is a file: a folder is among the items only where it can't be searched.
   *
   * @throws InputException if it is a folder
   */
  public void requireFile() throws InputException {
    if (Files.isDirectory(file)) {
      throw new InputException(file, "folder may not be read; check its permissions");
    }
  }
}
