package org.vocalise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class BenchCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs a POSIX shell")
  void reportsEverySubjectAsJson() {
    int exit = run("bench", "--repeats", "1", "--only", "start,griffin-lim,mel", "--json");
    assertEquals(0, exit, err.toString());
    for (String name : new String[] {"\"start\"", "\"griffin_lim\"", "\"mel\"", "\"median\""}) {
      assertTrue(out.toString().contains(name), out.toString());
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs a POSIX shell")
  void reportsTheSpeedOfScoring() {
    int exit = run("bench", "score", "--repeats", "1", "--pairs", "1", "--seconds", "1", "--json");
    assertEquals(0, exit, err.toString());
    for (String name :
        new String[] {"\"m_stft_one_core\"", "\"m_stft_warm\"", "\"remembered_yin\""}) {
      assertTrue(out.toString().contains(name), out.toString());
    }
  }

  @Test
  void peerThatIsNoProgramIsWrongUsage() {
    int exit = run("bench", "--peer-python", folder.resolve("none").toString());
    assertEquals(2, exit);
    assertTrue(err.toString().contains("--peer-python"), err.toString());
  }

  @Test
  void unknownSubjectIsWrongUsage() {
    assertEquals(2, run("bench", "--only", "everything"));
    assertTrue(err.toString().contains("griffin-lim"), err.toString());
  }

  private int run(String... args) {
    return Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true)).execute(args);
  }
}
