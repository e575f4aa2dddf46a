package org.vocalise.cli.bench;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs a POSIX shell")
final class CommandRunTest {
  @TempDir private Path folder;

  @Test
  void countsProcessorTimeOfTheCommandOnly() throws Exception {
    String busy = "i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done";
    double work = CommandRun.of(List.of("sh", "-c", busy), folder, Map.of()).cpu();
    double idle = CommandRun.of(List.of("sleep", "0.2"), folder, Map.of()).cpu();
    assertTrue(work > idle, work + " and " + idle);
  }

  @Test
  void failureCarriesWhatTheCommandPrinted() {
    List<String> command = List.of("sh", "-c", "echo broken $WHY >&2; exit 3");
    IOException fault =
        assertThrows(
            IOException.class, () -> CommandRun.of(command, folder, Map.of("WHY", "pipe")));
    assertTrue(String.valueOf(fault.getMessage()).contains("exit code 3"), fault.toString());
    assertTrue(String.valueOf(fault.getMessage()).contains("broken pipe"), fault.toString());
  }
}
