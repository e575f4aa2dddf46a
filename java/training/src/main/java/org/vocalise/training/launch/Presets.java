package org.vocalise.training.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.vocalise.dsp.io.InputException;

/**
 * The presets that come with a trainer: the YAML files in its package's folder {@code presets}, but
 * for those that others inherit from, whose names begin with an underscore. What is in them, the
 * trainer reads.
 */
public final class Presets {
  private static final String SUFFIX = ".yaml";
  private static final int MOST_NEAR = 3;

  private final Path folder;

  /** Those of a package. */
  public Presets(TrainerSource source) {
    folder = source.presets();
  }

  /** Their names in alphabetical order; none where the package has no such folder. */
  List<String> names() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(SUFFIX) && !name.startsWith("_"))
          .map(name -> name.substring(0, name.length() - SUFFIX.length()))
          .sorted()
          .toList();
    }
  }

  /**
   * Refuses a name that no preset has, before anything is made for it.
   *
   * @throws InputException if there is none; the message has the nearest names, or all
   */
  public void check(TrainingRequest request) throws IOException {
    List<String> names = names();
    String preset = request.preset();
    if (request.presetIsFile() || names.isEmpty() || names.contains(preset)) {
      return;
    }
    List<String> near =
        names.stream()
            .filter(name -> name.startsWith(preset) || near(preset, name))
            .sorted(Comparator.comparingInt(name -> edits(preset, name)))
            .limit(MOST_NEAR)
            .toList();
    String cure =
        near.isEmpty()
            ? "there are " + String.join(", ", names)
            : "did you mean " + String.join(" or ", near) + "?";
    throw new InputException(
        folder, "no preset '" + preset + "'; " + cure + " (a file of your own ends in .yaml)");
  }

  /** Whether two letters or a quarter of them are wrong, no more. */
  private static boolean near(String preset, String name) {
    return edits(preset, name) <= Math.max(2, name.length() / 4);
  }

  /** Letters to insert, delete or replace to make one word the other (Levenshtein 1966). */
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}
