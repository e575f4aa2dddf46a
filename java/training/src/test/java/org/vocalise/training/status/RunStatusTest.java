package org.vocalise.training.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vocalise.training.launch.Liveness;
import org.vocalise.training.run.RunHistory;
import org.vocalise.training.run.RunState;

final class RunStatusTest {
  private static final Instant BEGIN = Instant.parse("2026-02-28T12:00:00Z");
  private static final long INTERVAL = 10;

  @TempDir private Path folder;

  @Test
  void stalledMeansFiveTimesTheUsualInterval() throws IOException {
    RunHistory history = history("");
    assertEquals(RunState.RUNNING, alive(history, 20 * INTERVAL + 50).state());
    RunStatus stalled = alive(history, 20 * INTERVAL + 51);
    assertEquals(RunState.STALLED, stalled.state());
    assertEquals("no event for 51 s, usually 10 s", stalled.why());
  }

  @Test
  void clockThatWasSetBackIsNoStall() throws IOException {
    RunStatus status = alive(history(""), -3600);
    assertEquals(RunState.RUNNING, status.state());
    assertTrue(status.why().contains("clock was set back"), status.why());
  }

  @Test
  void waysToEnd() throws IOException {
    assertEquals(RunState.FINISHED, stopped("finished", "").state());
    assertEquals(RunState.STOPPED, stopped("SIGTERM", "").state());
    assertEquals(RunState.FAILED, stopped("failed", "").state());
    RunStatus disk = stopped("failed", "[Errno 28] No space left on device");
    assertEquals("[Errno 28] No space left on device", disk.why());
    assertTrue(disk.cure().contains("make space"), disk.cure());

    RunStatus memory = ended(137, true);
    assertEquals(RunState.LOST, memory.state());
    assertTrue(memory.cure().contains("--memory"), memory.cure());
    assertEquals(RunState.LOST, ended(137, false).state());
    assertEquals(RunState.LOST, ended(139, false).state());
    assertEquals(RunState.STOPPED, ended(143, false).state());
    assertEquals(RunState.FAILED, ended(4, false).state());
    assertEquals(RunState.LOST, ended(0, false).state());

    RunHistory history = history("");
    Liveness gone = new Liveness.Gone();
    assertEquals(
        RunState.LOST, RunStatus.of(history, null, gone, List.of("step 3"), BEGIN).state());
    List<String> trace = List.of("Traceback:", "torch.OutOfMemoryError: CUDA out of memory. Tried");
    RunStatus failed = RunStatus.of(history, null, gone, trace, BEGIN);
    assertEquals(RunState.FAILED, failed.state());
    assertTrue(failed.cure().contains("batch_size"), failed.cure());
  }

  @Test
  void silenceIsExplainedByAFolderThatCannotBeWritten() throws IOException {
    RunStatus silent = alive(history(""), 20 * INTERVAL + 51);
    assertTrue(silent.silent());
    assertFalse(stopped("finished", "").silent());
    RunStatus stalled = silent.inReadOnlyFolder("Read-only file system");
    assertEquals(RunState.STALLED, stalled.state());
    assertTrue(stalled.why().endsWith("can't be written: Read-only file system"), stalled.why());
    assertTrue(stalled.cure().contains("resume"), stalled.cure());
  }

  @Test
  void cureIsThatOfTheNewestTrouble() throws IOException {
    List<String> lines =
        List.of(
            "error: [Errno 13] Permission denied: 'a'",
            "error: /runs/a: process 7 on vm trains there already");
    RunStatus failed = RunStatus.of(history(""), null, new Liveness.Ended(4, false), lines, BEGIN);
    assertEquals("end that process first, or let it finish", failed.cure());
  }

  private RunStatus stopped(String reason, String message) throws IOException {
    String stop =
        "{\"time\": \"%s\", \"step\": 20, \"kind\": \"stop\", \"reason\": \"%s\", \"message\": \"%s\"}\n"
            .formatted(BEGIN, reason, message);
    return alive(history(stop), 0);
  }

  private RunStatus ended(int exitCode, boolean outOfMemory) throws IOException {
    Liveness ended = new Liveness.Ended(exitCode, outOfMemory);
    return RunStatus.of(history(""), null, ended, List.of(), BEGIN);
  }

  private static RunStatus alive(RunHistory history, long second) {
    return RunStatus.of(history, null, new Liveness.Alive(), List.of(), BEGIN.plusSeconds(second));
  }

  private RunHistory history(String last) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i <= 20; i++) {
      lines.append(
          "{\"time\": \"%s\", \"step\": %d, \"kind\": \"%s\"}\n"
              .formatted(BEGIN.plusSeconds(i * INTERVAL), i, i == 0 ? "start" : "train"));
    }
    Path file = Files.createTempFile(folder, "events", ".jsonl");
    Files.writeString(file, lines.append(last).toString());
    RunHistory history = new RunHistory(file);
    history.poll();
    return history;
  }
}
