package org.vocalise.cli.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The program and the machine that it runs on, in words. */
public final class Platform {
  private Platform() {}

  /** Version of this program; "development" where it does not run from a jar. */
  public static String vocalise() {
    String version = Platform.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /** Version and vendor of the Java runtime. */
  public static String java() {
    return System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")";
  }

  /** Name, version and architecture of the operating system. */
  public static String os() {
    return System.getProperty("os.name")
        + " "
        + System.getProperty("os.version")
        + " "
        + System.getProperty("os.arch");
  }

  /** Model of the processor, as far as it can be found without a native call. */
  public static String cpu() {
    String model = linuxModel();
    if (model == null) {
      model = System.getenv("PROCESSOR_IDENTIFIER");
    }
    return model == null ? System.getProperty("os.arch") : model;
  }

  private static @Nullable String linuxModel() {
    Path info = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(info)) {
      return null;
    }
    try (Stream<String> lines = Files.lines(info)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(null);
    } catch (IOException e) {
      return null;
    }
  }
}
