package org.vocalise.training.launch;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.io.InputException;

/**
 * The folder of the Python package {@code vocalise_train}, with its Dockerfile.
 *
 * @param folder absolute path
 */
public record TrainerSource(Path folder) {
  /** System property that names the folder. */
  public static final String PROPERTY = "vocalise.trainer";

  private static final int LEVELS_ABOVE_PROGRAM = 5;
  private static final String PACKAGE = "vocalise_train";
  private static final String PROJECT = "pyproject.toml";
  private static final Pattern NAME = Pattern.compile("(?m)^name = \"([a-z0-9-]+)\"$");

  /** Checks that the package is there. */
  public TrainerSource {
    folder = folder.toAbsolutePath().normalize();
  }

  /**
   * Finds the folder: the one given, that of the system property, or {@code python-train} beside
   * the program or above it.
   *
   * @throws InputException if there is none
   */
  public static TrainerSource find(@Nullable Path given) throws IOException {
    String property = System.getProperty(PROPERTY);
    Path folder = given != null ? given : property != null ? Path.of(property) : besideProgram();
    if (folder == null) {
      throw new InputException(
          Path.of("python-train"),
          "not found beside the program; say where it is with --trainer FOLDER");
    }
    if (!Files.isRegularFile(folder.resolve(PACKAGE).resolve("__main__.py"))) {
      throw new InputException(
          folder,
          "holds no Python package " + PACKAGE + "; --trainer takes the folder python-train");
    }
    return new TrainerSource(folder);
  }

  private static @Nullable Path besideProgram() {
    CodeSource source = TrainerSource.class.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      return null;
    }
    try {
      Path folder = Path.of(source.getLocation().toURI()).getParent();
      for (int level = 0; folder != null && level <= LEVELS_ABOVE_PROGRAM; level++) {
        Path found = folder.resolve("python-train");
        if (Files.isDirectory(found)) {
          return found;
        }
        folder = folder.getParent();
      }
    } catch (URISyntaxException | IllegalArgumentException e) {
      // A program that lies in no folder has nothing beside it.
    }
    return null;
  }

  /** The package's name, which its images bear. */
  public String name() throws IOException {
    Path project = folder.resolve(PROJECT);
    Matcher name = NAME.matcher(Files.readString(project));
    if (!name.find()) {
      throw new InputException(project, "has no line like name = \"vocalise-train\"");
    }
    return name.group(1);
  }

  /** Where the package keeps its presets. */
  Path presets() {
    return folder.resolve(PACKAGE).resolve("presets");
  }

  /** The files that an image is made of, in the order of their names. */
  public List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve(PACKAGE))) {
      Stream<Path> sources =
          files.filter(file -> Files.isRegularFile(file) && !file.toString().endsWith(".pyc"));
      Stream<Path> rest =
          Stream.of("Dockerfile", PROJECT, "constraints.txt")
              .map(folder::resolve)
              .filter(Files::isRegularFile);
      return Stream.concat(rest, sources).sorted().toList();
    }
  }

  /** A hash over names and bytes of {@link #files()}, 12 hexadecimal digits. */
  public String contentHash() throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path file : files()) {
        byte[] bytes = Files.readAllBytes(file);
        String name = folder.relativize(file).toString().replace('\\', '/');
        digest.update((name + "\n" + bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest()).substring(0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
