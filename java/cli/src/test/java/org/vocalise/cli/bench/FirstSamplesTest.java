package org.vocalise.cli.bench;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs a POSIX shell")
final class FirstSamplesTest {
  @TempDir private Path folder;

  @Test
  void waitsForTheFirstFileThatHoldsSamples() throws Exception {
    Path out = folder.resolve("out");
    List<String> command =
        shell(
            "mkdir '%1$s'; : >'%1$s/a'; sleep 0.1; head -c 4096 /dev/zero >'%1$s/b'"
                .formatted(out));
    assertTrue(FirstSamples.of(command, out) >= 0.1);
  }

  @Test
  void commandWithoutSamplesIsAFault() {
    assertThrows(IOException.class, () -> FirstSamples.of(shell("exit 0"), folder));
    assertThrows(IOException.class, () -> FirstSamples.of(shell("exit 3"), folder));
  }

  private static List<String> shell(String script) {
    return List.of("sh", "-c", script);
  }
}
