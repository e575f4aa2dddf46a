package org.vocalise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vocalise.training.run.RunDirectory;
import org.vocalise.training.run.RunLock;

/** {@code vocalise train} on local runs of the stand-in trainer. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals of POSIX")
@Timeout(120)
final class TrainCommandTest {
  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static final Path STANDIN =
      Path.of("../training/src/test/resources/standin").toAbsolutePath().normalize();

  @TempDir private Path folder;
  private Path data;

  @BeforeEach
  void makeData() throws IOException {
    assumeTrue(Files.isExecutable(PYTHON), "no " + PYTHON);
    data = Files.createDirectories(folder.resolve("data"));
    Files.writeString(data.resolve("a.wav"), "");
  }

  @Test
  void runIsStartedWatchedStoppedResumedAndDeleted() throws Exception {
    CommandResult started = start("first", "--set", "step_seconds=0.1", "--no-supervisor");
    assertEquals(0, started.exitCode(), started.err());
    assertTrue(started.out().startsWith("first: trains in " + folder), started.out());

    CommandResult twice = start("first", "--no-supervisor");
    assertEquals(4, twice.exitCode());
    assertTrue(twice.err().contains("train resume first"), twice.err());
    assertTrue(train("status", "first").out().startsWith("running\nstep: "));
    CommandResult kept = train("rm", "first");
    assertEquals(4, kept.exitCode());
    assertTrue(kept.err().contains("its trainer runs"), kept.err());

    CommandResult stopped = train("stop", "first");
    assertEquals(0, stopped.exitCode(), stopped.err());
    assertTrue(stopped.out().startsWith("first: stopped, at step "), stopped.out());
    JsonNode list = new ObjectMapper().readTree(train("list", "--json").out());
    assertEquals("stopped", list.at("/runs/0/state").asText());

    CommandResult resumed = train("resume", "first", "--set", "step_seconds=0", "--attach");
    assertEquals(0, resumed.exitCode(), resumed.err());
    assertTrue(resumed.out().endsWith("first: finished\n"), resumed.out());
    JsonNode status = new ObjectMapper().readTree(train("status", "first", "--json").out());
    assertEquals("finished", status.get("state").asText());
    assertEquals(40, status.get("step").asLong());
    assertEquals(1, status.get("resumes").asInt());

    CommandResult events = train("watch", "first", "--json");
    List<JsonNode> lines = new ArrayList<>();
    for (String line : events.out().lines().toList()) {
      lines.add(new ObjectMapper().readTree(line));
    }
    assertEquals("start", lines.get(0).get("kind").asText());
    assertEquals("stop", lines.get(lines.size() - 1).get("kind").asText());
    assertTrue(train("logs", "first").out().contains("trains as user"));
    JsonNode log = new ObjectMapper().readTree(train("logs", "first", "--json").out());
    assertTrue(log.at("/lines/0").asText().startsWith("trains as user"), log.toString());
    JsonNode line = new ObjectMapper().readTree(train("logs", "first", "-f", "--json").out());
    assertTrue(line.get("line").asText().startsWith("trains as user"), line.toString());
    assertTrue(train("samples", "first", "--last").out().endsWith("step-40/clip.txt\n"));
    assertEquals("first: deleted\n", train("rm", "first").out());
    assertFalse(Files.exists(folder.resolve("runs/first")));
    assertEquals(4, train("status", "first").exitCode());
  }

  @Test
  void backgroundOrchestratorLooksAfterTheRun() throws Exception {
    CommandResult started = start("first", "--set", "step_seconds=0.15");
    assertEquals(0, started.exitCode(), started.err());
    CommandResult watched = train("watch", "first");
    assertEquals("first: finished\n", watched.out(), watched.err());
    Path lock = folder.resolve("runs/first/lock");
    while (!Files.exists(lock) || Files.size(lock) > 0) {
      Thread.sleep(50);
    }
    String log = Files.readString(folder.resolve("runs/first/orchestrator.jsonl"));
    assertTrue(log.contains("\"kind\":\"started\""), log);
  }

  @Test
  void killedOrchestratorIsReplacedAndTheRunGoesOn() throws Exception {
    assertEquals(0, start("first", "--set", "step_seconds=0.5").exitCode());
    Path lock = folder.resolve("runs/first/lock");
    String holder = "";
    while (!holder.startsWith("process ")) {
      Thread.sleep(20);
      holder = Files.exists(lock) ? Files.readString(lock) : "";
    }
    CommandResult second = train("supervise", "first");
    assertEquals(4, second.exitCode(), second.out());
    assertTrue(second.err().contains("held by " + holder.strip()), second.err());

    long pid = Long.parseLong(holder.split(" ", -1)[1]);
    ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    while (ProcessHandle.of(pid).isPresent()) {
      Thread.sleep(10);
    }
    assertTrue(train("status", "first").out().startsWith("running\n"));
    CommandResult third = train("supervise", "first");
    assertEquals(0, third.exitCode(), third.err());
    assertEquals("first: finished\n", third.out());
    String log = Files.readString(folder.resolve("runs/first/orchestrator.jsonl"));
    assertTrue(log.contains("\"took_over\",\"from\":\"process " + pid), log);
  }

  @Test
  void resumeWaitsForAnOrchestratorThatIsAboutToEnd() throws Exception {
    start("first", "--set", "step_seconds=0.1", "--no-supervisor");
    assertEquals(0, train("stop", "first").exitCode());
    CompletableFuture<CommandResult> resumed;
    try (RunLock held = RunLock.take(new RunDirectory(folder.resolve("runs/first")))) {
      assertNull(held.predecessor());
      resumed =
          CompletableFuture.supplyAsync(
              () -> train("resume", "first", "--set", "step_seconds=0", "--attach"));
      Thread.sleep(500);
      assertFalse(resumed.isDone());
    }
    CommandResult result = resumed.get();
    assertEquals(0, result.exitCode(), result.err());
    assertTrue(result.err().contains("waits for its orchestrator"), result.err());
    assertTrue(result.out().endsWith("first: finished\n"), result.out());
  }

  @Test
  void whatTheTrainerRefusesLeavesNothing() throws Exception {
    CommandResult refused = start("first", "--set", "stpes=3");
    assertEquals(4, refused.exitCode());
    assertTrue(refused.err().contains("unknown setting stpes"), refused.err());
    assertFalse(Files.exists(folder.resolve("runs/first")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "docker", "compose"})
  void misspeltPresetIsRefusedBeforeAnythingIsMade(String launcher) throws Exception {
    Path trainer = folder.resolve("trainer");
    for (String file : List.of("vocalise_train/__main__.py", "vocalise_train/presets/small.yaml")) {
      Files.createDirectories(trainer.resolve(file).resolveSibling("."));
      Files.copy(STANDIN.resolve(file), trainer.resolve(file));
    }
    Object[] command = {
      "train",
      "start",
      "--name",
      "first",
      "--preset",
      "smal",
      "--data",
      data,
      "--launcher",
      launcher,
      "--trainer",
      trainer,
      "--runs",
      folder.resolve("runs")
    };
    assertRefused(4, "no preset 'smal'; did you mean small?", CommandResult.of(command));
    assertFalse(Files.exists(folder.resolve("runs")));
    try (Stream<Path> made = Files.list(trainer)) {
      assertEquals(List.of(trainer.resolve("vocalise_train")), made.toList());
    }
  }

  @Test
  void finishedRunIsNotTrainedAgain() throws Exception {
    assertEquals(0, start("first", "--set", "step_seconds=0", "--attach").exitCode());
    Path clips = Files.createDirectories(folder.resolve("runs/first/validation"));
    Files.writeString(clips.resolve("clips.json"), "{}");
    CommandResult resumed = train("resume", "first");
    assertEquals(0, resumed.exitCode(), resumed.err());
    assertTrue(resumed.out().startsWith("first: finished, nothing is left"), resumed.out());
    assertTrue(resumed.out().contains("train export first -o FILE"), resumed.out());
    assertTrue(train("resume", "first", "--json").out().contains("\"resumed\": false"));
    assertRefused(4, "changes nothing", train("resume", "first", "--set", "steps=80"));
    Files.delete(clips.resolve("clips.json"));
    JsonNode status = new ObjectMapper().readTree(train("status", "first", "--json").out());
    assertEquals(0, status.get("resumes").asInt());
    CommandResult written = train("resume", "first", "--no-supervisor");
    assertTrue(written.out().contains("what is missing is written"), written.out());
  }

  @Test
  void readOnlyFolderIsToldWithTheCureAndTheTrainerGoesOn() throws Exception {
    assertEquals(0, start("first", "--set", "step_seconds=0.1", "--no-supervisor").exitCode());
    String run = folder.resolve("runs/first").toString();
    assumeTrue(mount("--bind", run, run) == 0, "folders can't be mounted here");
    try {
      assertEquals(0, mount("-o", "remount,bind,ro", run));
      String words = "error: " + run + ": can't be written, Read-only file system: mend that, then";
      for (String command : List.of("stop", "resume", "validate", "supervise")) {
        assertRefused(4, words, train(command, "first"));
      }
      assertTrue(train("status", "first").out().startsWith("running\n"));
    } finally {
      assertEquals(0, execute("umount", run));
    }
    assertEquals(0, train("stop", "first").exitCode());
    assertEquals(0, mount("--bind", run, run));
    try {
      assertEquals(0, mount("-o", "remount,bind,ro", run));
      assertRefused(4, "lock: Read-only file system: mend that, then", train("rm", "first"));
    } finally {
      assertEquals(0, execute("umount", run));
    }
    assertEquals(0, train("rm", "first").exitCode());
  }

  @Test
  void runThatPythonStartedIsToldWhatToUse() throws Exception {
    Path run = Files.createDirectories(folder.resolve("runs/first"));
    Files.writeString(run.resolve("events.jsonl"), "");
    assertRefused(4, "; 'docker compose stop train' ends", train("stop", "first"));
    assertRefused(4, "; 'docker compose logs train' has", train("logs", "first"));
    assertRefused(4, "; started by Compose, it goes on", train("resume", "first"));
    assertRefused(4, "; 'vocalise train validate first'", train("supervise", "first"));
    assertRefused(4, "vocalise_train export " + run, train("export", "first", "-o", run + ".onnx"));
  }

  private static int mount(String... arguments) throws Exception {
    return execute(Stream.concat(Stream.of("mount"), Stream.of(arguments)).toArray(String[]::new));
  }

  private static int execute(String... command) throws Exception {
    return new ProcessBuilder(command).start().waitFor();
  }

  @Test
  void warningsAreTold() throws Exception {
    CommandResult attached = start("first", "--attach", "--set", "warnings=5");
    assertTrue(
        attached.err().contains("first: warning at step 0: left out: 0.wav is silent\n"),
        attached.err());
    String status = train("status", "first").out();
    assertTrue(status.contains("warning: 2 more before these; "), status);
    assertTrue(status.contains("warning: step 0: left out: 4.wav is silent\n"), status);
    assertFalse(status.contains("1.wav"), status);
  }

  @Test
  void wrongWordsAreRefusedBeforeAnythingIsMade() throws Exception {
    assertRefused(2, "can't name a run", start("../first"));
    assertRefused(2, "not key=value", start("first", "--set", "steps"));
    assertRefused(2, "not a size", start("first", "--memory", "much"));
    assertRefused(2, "need --rendezvous", start("first", "--nodes", "2"));
    assertRefused(2, "neither a name", start("first", "--preset", "Sm all"));
    assertRefused(4, "no such file", start("first", "--preset", "none.yaml"));
    assertRefused(4, "no such file; --set initial", start("first", "--set", "initial=none"));
    data = folder.resolve("none");
    assertRefused(4, "is no folder", start("first"));
    data = Files.createDirectories(folder.resolve("empty"));
    assertRefused(4, "holds no WAV or FLAC file", start("first"));
    assertFalse(Files.exists(folder.resolve("runs")));
    assertRefused(4, "there are none yet", train("watch", "first"));
    assertRefused(2, "can't name a run", train("rm", ".."));
    assertEquals(0, train("list").exitCode());
  }

  private static void assertRefused(int exitCode, String words, CommandResult result) {
    assertEquals(exitCode, result.exitCode(), result.err());
    assertTrue(result.err().contains(words), result.err());
  }

  private CommandResult start(String name, String... more) {
    List<Object> arguments = new ArrayList<>(List.of("train", "start", "--name", name));
    if (!List.of(more).contains("--preset")) {
      arguments.addAll(List.of("--preset", "small"));
    }
    arguments.addAll(List.of("--data", data, "--launcher", "local"));
    arguments.addAll(List.of("--trainer", STANDIN, "--python", PYTHON));
    arguments.addAll(List.of("--runs", folder.resolve("runs")));
    arguments.addAll(List.of(more));
    return CommandResult.of(arguments.toArray());
  }

  private CommandResult train(String command, String... arguments) {
    Stream<Object> all =
        Stream.concat(Stream.of("train", command), Stream.of((Object[]) arguments));
    return CommandResult.of(
        Stream.concat(all, Stream.of("--runs", folder.resolve("runs"))).toArray());
  }
}
