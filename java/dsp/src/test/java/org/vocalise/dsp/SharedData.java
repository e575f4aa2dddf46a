package org.vocalise.dsp;

import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The folder of recordings and golden values that lies beside the project, where there is one. */
public final class SharedData {
  private SharedData() {}

  /**
   * A file or folder below {@code shared/data}. Without it the test is skipped, and fails under CI,
   * where a silent gap would look like a pass.
   */
  public static Path path(String relative) {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null) {
      Path candidate = folder.resolve("shared").resolve("data").resolve(relative);
      if (Files.exists(candidate)) {
        return candidate;
      }
      folder = folder.getParent();
    }
    String reason = "shared/data/" + relative + " is not above or beside the project";
    if ("true".equals(System.getenv("CI"))) {
      fail(reason);
    }
    Assumptions.abort(reason);
    throw new AssertionError(reason);
  }
}
