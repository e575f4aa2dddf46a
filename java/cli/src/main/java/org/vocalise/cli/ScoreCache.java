package org.vocalise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vocalise.cli.batch.Console;
import org.vocalise.eval.run.FeatureCache;

/** Where {@code vocalise score} remembers what is costly to compute. */
final class ScoreCache {
  /** System property that names the folder in place of the user's own. */
  static final String FOLDER = "vocalise.cache";

  private final Path folder;
  private final boolean temporary;

  /**
   * Chooses the folder.
   *
   * @param given by the user; null for the user's cache folder
   * @param temporary whether it lies in the output's folder and goes when the run is done
   */
  ScoreCache(@Nullable Path given, boolean temporary, Path output) {
    this.temporary = temporary;
    if (temporary) {
      folder = output.resolve(".features");
    } else {
      folder = given == null ? standard() : given;
    }
  }

  private static Path standard() {
    String property = System.getProperty(FOLDER);
    if (property != null) {
      return Path.of(property);
    }
    String cache = System.getenv("XDG_CACHE_HOME");
    return cache == null || cache.isEmpty()
        ? Path.of(System.getProperty("user.home", "."), ".vocalise", "cache")
        : Path.of(cache, "vocalise");
  }

  /** The cache; a fault is told as a warning, and work goes on without. */
  FeatureCache open(Console console) {
    return new FeatureCache(folder, console::warning);
  }

  /** Deletes what is of no use to another run. */
  void runDone() throws IOException {
    if (temporary && Files.isDirectory(folder)) {
      List<Path> all;
      try (Stream<Path> files = Files.walk(folder)) {
        all = files.sorted(Comparator.reverseOrder()).toList();
      }
      for (Path file : all) {
        Files.delete(file);
      }
    }
  }
}
