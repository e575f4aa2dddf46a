package org.vocalise.training.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vocalise.dsp.io.InputException;

final class RunsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", ".", "..", "../a", "a/b", "a\\b", "/etc", "-rf", ".hidden", "a b", "a\n", "ä", "~"
      })
  void namesThatLeadElsewhereAreRefused(String name) {
    assertThrows(IllegalArgumentException.class, () -> new RunName(name));
  }

  @Test
  void namesOfOtherRunsAreTold() throws IOException {
    Runs runs = new Runs(folder.resolve("runs"));
    assertTrue(runs.all().isEmpty());
    RunDirectory run = runs.create(new RunName("first"));
    InputException taken =
        assertThrows(InputException.class, () -> runs.create(new RunName("first")));
    assertTrue(
        String.valueOf(taken.getMessage()).contains("train resume first"), taken.getMessage());
    Files.writeString(run.events(), "");
    InputException unknown =
        assertThrows(InputException.class, () -> runs.find(new RunName("frist")));
    assertTrue(
        String.valueOf(unknown.getMessage()).contains("there are first"), unknown.getMessage());
    assertEquals(run, runs.find(new RunName("first")));
  }

  @Test
  void placesWhereNoneCanBeMadeAreRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    for (Path place : List.of(file, file.resolve("runs"))) {
      InputException refused =
          assertThrows(InputException.class, () -> new Runs(place).create(new RunName("first")));
      String message = String.valueOf(refused.getMessage());
      assertTrue(message.startsWith(place + ": no run can be made in there: "), message);
      assertTrue(message.endsWith("take another with --runs"), message);
    }
  }

  @Test
  void folderThatTakesNoFileSaysWhy() throws IOException {
    RunDirectory run = new Runs(folder).create(new RunName("first"));
    assertEquals(null, run.unwritable());
    Files.delete(run.path());
    assertEquals("it is gone", run.unwritable());
  }

  @Test
  void deletingFollowsNoLinks() throws IOException {
    Path kept = Files.writeString(folder.resolve("kept.wav"), "kept");
    RunDirectory run = new Runs(folder).create(new RunName("first"));
    Files.createSymbolicLink(run.path().resolve("link"), folder);
    Runs.delete(run);
    assertFalse(Files.exists(run.path()));
    assertTrue(Files.exists(kept));
    Path link = Files.createSymbolicLink(folder.resolve("second"), folder);
    assertThrows(InputException.class, () -> Runs.delete(new RunDirectory(link)));
    assertTrue(Files.exists(kept));
  }

  @Test
  void oneProcessHoldsARun() throws Exception {
    RunDirectory run = new Runs(folder).create(new RunName("first"));
    try (RunLock lock = RunLock.take(run)) {
      String holder = String.valueOf(RunLock.holder(run));
      assertTrue(holder.contains("process " + ProcessHandle.current().pid() + " of "), holder);
      InputException second = assertThrows(InputException.class, () -> RunLock.take(run));
      assertTrue(String.valueOf(second.getMessage()).contains(holder), second.getMessage());
      assertTrue(
          String.valueOf(second.getMessage()).contains("train supervise first"),
          second.getMessage());
      assertEquals(null, lock.predecessor());
    }
    assertEquals(null, RunLock.holder(run));
    // A killed holder leaves its name, and no lock.
    Files.writeString(run.lock(), "process 1 of nobody\n");
    assertEquals(null, RunLock.holder(run));
    try (RunLock lock = RunLock.take(run)) {
      assertEquals("process 1 of nobody", lock.predecessor());
    }
  }

  @Test
  void tornLineOfALogIsClosed() throws IOException {
    Path file = Files.writeString(folder.resolve("log.jsonl"), "{\"a\": 1}\n{\"a\": ");
    JsonFiles.append(file, java.util.Map.of("a", 3));
    assertEquals("{\"a\": 1}\n{\"a\": \n{\"a\":3}\n", Files.readString(file));
    assertEquals(2, JsonFiles.lines(file, java.util.Map.class).size());
  }
}
