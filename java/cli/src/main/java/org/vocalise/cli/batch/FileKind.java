package org.vocalise.cli.batch;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Files of one kind, told by their extensions.
 *
 * @param extensions lower case, with the dot
 * @param cure what to do where a folder has none
 */
public record FileKind(List<String> extensions, String cure) {
  /** Whether a file has one of the extensions, in any case of letters. */
  public boolean includes(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return extensions.stream().anyMatch(name::endsWith);
  }

  /** A file's name without the extension, if it has one of these. */
  String stem(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (String extension : extensions) {
      if (lower.endsWith(extension)) {
        return name.substring(0, name.length() - extension.length());
      }
    }
    return name;
  }
}
