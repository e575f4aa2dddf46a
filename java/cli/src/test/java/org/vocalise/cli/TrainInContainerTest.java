package org.vocalise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code vocalise train} on a container of the stand-in trainer, its orchestrator killed. */
@Timeout(300)
final class TrainInContainerTest {
  private static final Path STANDIN =
      Path.of("../training/src/test/resources/standin").toAbsolutePath().normalize();

  @TempDir private Path folder;

  @Test
  void killedOrchestratorIsReplacedAndTheContainerGoesOn() throws Exception {
    Path data = Files.createDirectories(folder.resolve("data"));
    Files.writeString(data.resolve("a.wav"), "");
    CommandResult started =
        train(
            "start",
            "--name",
            "first",
            "--preset",
            "small",
            "--data",
            data.toString(),
            "--launcher",
            "docker",
            "--set",
            "steps=100",
            "--set",
            "step_seconds=0.3");
    boolean engine = !started.err().contains("no Docker engine answers");
    assumeTrue(engine || "required".equals(System.getenv("VOCALISE_ENGINE")), started.err());
    assertEquals(0, started.exitCode(), started.err());
    Path lock = folder.resolve("runs/first/lock");
    String holder = "";
    while (!holder.startsWith("process ")) {
      Thread.sleep(20);
      holder = Files.exists(lock) ? Files.readString(lock) : "";
    }
    long pid = Long.parseLong(holder.split(" ", -1)[1]);
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    while (ProcessHandle.of(pid).isPresent()) {
      Thread.sleep(10);
    }
    assertTrue(train("status", "first").out().startsWith("running\n"));
    CommandResult stopped = train("stop", "first");
    assertEquals(0, stopped.exitCode(), stopped.err());
    CommandResult again = train("resume", "first", "--set", "step_seconds=0", "--no-supervisor");
    assertEquals(0, again.exitCode(), again.err());
    CommandResult next = train("supervise", "first");
    assertEquals("first: finished\n", next.out(), next.err());
    assertTrue(train("logs", "first").out().contains("trains as user"));
    assertEquals("first: deleted\n", train("rm", "first").out());
  }

  private CommandResult train(String... words) {
    List<Object> command = new ArrayList<>(List.of("train"));
    command.addAll(List.of(words));
    Stream.of("--runs", folder.resolve("runs"), "--trainer", STANDIN).forEach(command::add);
    return CommandResult.of(command.toArray());
  }
}
