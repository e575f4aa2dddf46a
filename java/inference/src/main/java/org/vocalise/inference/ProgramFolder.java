package org.vocalise.inference;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import org.jspecify.annotations.Nullable;

/** Folders that came with the program. Thread-safe. */
public final class ProgramFolder {
  private static final int LEVELS_ABOVE_JAR = 4;

  private ProgramFolder() {}

  /** The folder of a name beside the program's jar or some levels above it; null without one. */
  public static @Nullable Path find(String name) {
    CodeSource source = ProgramFolder.class.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return null;
    }
    try {
      Path folder = Path.of(source.getLocation().toURI()).getParent();
      // A jar that was just built lies some folders below the project's.
      for (int level = 0; folder != null && level <= LEVELS_ABOVE_JAR; level++) {
        if (Files.isDirectory(folder.resolve(name))) {
          return folder.resolve(name);
        }
        folder = folder.getParent();
      }
    } catch (URISyntaxException | IllegalArgumentException e) {
      // A program that lies in no folder has nothing beside it.
    }
    return null;
  }
}
