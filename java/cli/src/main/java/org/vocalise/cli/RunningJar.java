package org.vocalise.cli;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import org.vocalise.cli.batch.UsageException;

/** The file {@code vocalise.jar} that this program runs from. */
final class RunningJar {
  /** Names the jar where the program runs from folders of classes. */
  static final String PROPERTY = "vocalise.jar";

  private RunningJar() {}

  /**
   * Finds the file.
   *
   * @throws UsageException if the program runs otherwise
   */
  static Path find() {
    String given = System.getProperty(PROPERTY);
    Path jar = given == null ? source() : Path.of(given);
    if (!Files.isRegularFile(jar)) {
      throw new UsageException(
          "the program does not run from vocalise.jar, which goes into the hand-in: say ./vocalise,"
              + " or java -jar vocalise.jar, or name the file with -D"
              + PROPERTY
              + "=FILE");
    }
    return jar;
  }

  private static Path source() {
    CodeSource source = RunningJar.class.getProtectionDomain().getCodeSource();
    try {
      return source == null ? Path.of("") : Path.of(source.getLocation().toURI());
    } catch (URISyntaxException e) {
      return Path.of("");
    }
  }
}
