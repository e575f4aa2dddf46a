package org.vocalise.eval.run;

import java.nio.file.Path;
import java.text.Normalizer;

/**
 * A recording in a folder.
 *
 * @param file where it is
 * @param name its path inside the folder, with {@code /} between folders, without an ending; in
 *     Unicode's composed form, because file systems differ in theirs
 */
public record NamedFile(Path file, String name) {
  /** A file by its path inside the folder. */
  public static NamedFile of(Path file, Path insideFolder) {
    String separator = insideFolder.getFileSystem().getSeparator();
    String path = insideFolder.toString().replace(separator, "/");
    int dot = path.lastIndexOf('.');
    String name = dot > path.lastIndexOf('/') + 1 ? path.substring(0, dot) : path;
    return new NamedFile(file, Normalizer.normalize(name, Normalizer.Form.NFC));
  }

  /** The name without folders. */
  String stem() {
    return name.substring(name.lastIndexOf('/') + 1);
  }
}
