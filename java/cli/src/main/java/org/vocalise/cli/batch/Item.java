package org.vocalise.cli.batch;

import java.nio.file.Path;

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
}
