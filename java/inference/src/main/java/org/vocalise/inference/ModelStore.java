package org.vocalise.inference;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.io.AtomicFile;
import org.vocalise.dsp.io.InputException;

/**
 * The models that can be named instead of giving their file: {@code NAME.onnx} in one of several
 * folders, the earlier first; {@link #DEFAULT} also without a folder, from the program's jar.
 * Thread-safe.
 */
public final class ModelStore {
  /** System property that names the user's folder in place of {@code ~/.vocalise/models}. */
  public static final String USER_FOLDER = "vocalise.models";

  /** Name of the model that sings where none is named. */
  public static final String DEFAULT = "singing-small";

  private static final String SUFFIX = ".onnx";

  private final List<Path> folders;
  private final Path userFolder;

  /**
   * Models in these folders, which need not exist.
   *
   * @param shipped folders with models that came with the program; where none of them has {@link
   *     #DEFAULT}, it is the one in the program's jar
   * @param userFolder the last, into which models are added
   */
  public ModelStore(List<Path> shipped, Path userFolder) {
    List<Path> all = new ArrayList<>(shipped);
    all.add(userFolder);
    folders = List.copyOf(all);
    this.userFolder = userFolder;
  }

  /** The folder {@code onnx} beside the program or above it, and the user's own folder. */
  public static ModelStore standard() {
    Path shipped = ProgramFolder.find("onnx");
    String user = System.getProperty(USER_FOLDER);
    Path home = Path.of(System.getProperty("user.home", "."), ".vocalise", "models");
    return new ModelStore(
        shipped == null ? List.of() : List.of(shipped), user == null ? home : Path.of(user));
  }

  /** The folders, in the order in which they are searched. */
  public List<Path> folders() {
    return folders;
  }

  /**
   * The file of {@link #DEFAULT} that came with the program; null where it was built without.
   *
   * @throws IOException if it lies in the jar, and the temporary folder can't hold it
   */
  public @Nullable Path shipped() throws IOException {
    for (Path folder : folders.subList(0, folders.size() - 1)) {
      Path file = folder.resolve(DEFAULT + SUFFIX);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    return BundledModel.file();
  }

  /** All models by name, in the order of the names. */
  public Map<String, Path> models() throws IOException {
    Map<String, Path> models = new TreeMap<>();
    Path shipped = shipped();
    if (shipped != null) {
      models.put(DEFAULT, shipped);
    }
    for (Path folder : folders) {
      if (Files.isDirectory(folder)) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
          for (Path file : files) {
            models.putIfAbsent(name(file), file);
          }
        }
      }
    }
    return models;
  }

  /**
   * The file of a model.
   *
   * @param nameOrFile a name, or a path, which has a separator, the ending .onnx, or exists
   * @throws InputException if no folder has a model of that name; it lists those that there are, or
   *     gives the command that makes one of {@link PublishedModels}
   */
  public Path find(String nameOrFile) throws IOException {
    Path file = Path.of(nameOrFile);
    if (nameOrFile.endsWith(SUFFIX)
        || nameOrFile.contains("/")
        || nameOrFile.contains(File.separator)
        || Files.isRegularFile(file)) {
      return file;
    }
    Path found = named(nameOrFile);
    if (found == null) {
      if (PublishedModels.names().contains(nameOrFile)) {
        throw new InputException(
            file, "not there yet; make it with 'vocalise models add " + nameOrFile + "'");
      }
      String names = String.join(", ", models().keySet());
      throw new InputException(
          file,
          "no model of this name; "
              + (names.isEmpty() ? "there are none yet" : "there are " + names)
              + "; give a file, or add one with 'vocalise models add FILE'");
    }
    return found;
  }

  private @Nullable Path named(String name) throws IOException {
    if (name.equals(DEFAULT)) {
      Path shipped = shipped();
      if (shipped != null) {
        return shipped;
      }
    }
    for (Path folder : folders) {
      Path file = folder.resolve(name + SUFFIX);
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    return null;
  }

  /**
   * Where a model of this name is added.
   *
   * @throws IllegalArgumentException if the name could not be a file's on every system
   */
  public Path target(String name) {
    if (!name.matches("[\\w.-]+")) {
      throw new IllegalArgumentException(
          "name '" + name + "' is not made of letters, digits, points, hyphens and underscores");
    }
    return userFolder.resolve(name + SUFFIX);
  }

  /**
   * Copies a model into the user's folder.
   *
   * @return where it lies now
   */
  public Path add(Path file, String name, boolean overwrite) throws IOException {
    Path target = target(name);
    try (AtomicFile output = AtomicFile.create(target, overwrite)) {
      Files.copy(file, output.temporary(), StandardCopyOption.REPLACE_EXISTING);
      output.commit();
    }
    return target;
  }

  /** Name of a model file: the file's, without its ending. */
  public static String name(Path file) {
    String name = String.valueOf(file.getFileName());
    return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
  }
}
