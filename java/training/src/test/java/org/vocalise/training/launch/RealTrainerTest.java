package org.vocalise.training.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vocalise.inference.OnnxVocoder;
import org.vocalise.training.run.RunDirectory;
import org.vocalise.training.run.RunState;
import org.vocalise.training.status.RunStatus;
import org.vocalise.training.status.RunView;
import org.vocalise.training.supervise.OrchestratorLog;
import org.vocalise.training.supervise.RestartPolicy;
import org.vocalise.training.supervise.RunStart;
import org.vocalise.training.supervise.Supervisor;
import org.vocalise.training.validate.ValidationSettings;

/** The project's own trainer in containers: killed, resumed, several, and with bad recordings. */
@Timeout(1500)
final class RealTrainerTest {
  private static final long MEBIBYTE = 1 << 20;

  @TempDir private Path folder;
  private Path data;

  @SuppressWarnings("NullAway.Init")
  private ContainerRuns runs;

  private Launcher launcher;

  @BeforeEach
  void prepare() throws Exception {
    runs = new ContainerRuns(folder, TrainerSource.find(null));
    launcher = RealTrainer.launcher(runs.engine(), runs.launchers());
    data = RealTrainer.recordings(folder.resolve("data"));
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    if (runs != null) { // else skipped, since no engine answers
      runs.close();
    }
  }

  @Test
  void killedRunIsResumedAndExported() throws Exception {
    Path damaged = Files.createDirectories(data.resolve("bass#phrase")).resolve("0.wav");
    Files.writeString(damaged, "RIFF is all that is left of it");
    RunDirectory run = runs.create("real");
    TrainingRequest request = RealTrainer.request(data, 8, Resources.DEFAULT);
    Launch launch = RunStart.start(run, launcher, request);
    RunView view = awaitCheckpoint(run);
    assertEquals("1", present(view.history().lastStart()).details().get("skipped"));
    assertTrue(
        launcher.lastLines(run, launch, 20).stream().anyMatch(line -> line.contains("bass#phrase")),
        "the damaged recording is named");
    runs.kill(launch);
    assertEquals(RunState.LOST, runs.supervise(run).state());
    tearLastLine(run.events());

    Launch resumed = RunStart.start(run, launcher, request);
    RunStatus status = runs.supervise(run);
    assertEquals(RunState.FINISHED, status.state(), status.toString());
    // A new look: to the old one, lines that were whole have gone.
    view = runs.view(run);
    assertEquals(1, view.history().resumes());
    assertEquals(8, view.history().step());
    assertTrue(view.history().damagedLines() <= 1, "no more than the torn one");
    Path onnx = Files.createDirectories(folder.resolve("out")).resolve("real.onnx");
    launcher.export(run, resumed, run.path(), onnx);
    OnnxVocoder.open(onnx).close();
    assertTrue(Files.isWritable(onnx));
  }

  @Test
  void runThatGetsNoBetterIsStoppedEarly() throws Exception {
    RunDirectory run = runs.create("idle");
    TrainingRequest request =
        RealTrainer.request(
            data,
            10_000,
            Resources.DEFAULT,
            "optimiser.learning_rate=0",
            "report.validate_every=2",
            "report.clip_seconds=1");
    RunStart.start(run, launcher, request);
    ValidationSettings patient =
        new ValidationSettings(1, true, "m_stft", 2, "yin", "log-mel", 3, 30);
    RunStatus status =
        new Supervisor(run, runs.launchers(), RestartPolicy.NEVER, seen -> {}, before -> patient)
            .supervise();
    assertEquals(RunState.STOPPED, status.state(), status.toString());
    assertTrue(status.why().startsWith("early, at step "), status.why());
    assertTrue(status.why().contains("by SIGTERM: the best validation is still"), status.why());
    Liveness.Ended end = present(OrchestratorLog.of(run).endOf(present(Launch.read(run))));
    assertEquals(143, end.exitCode());
    assertTrue(Files.exists(run.validationPage()));
  }

  @Test
  void twoProcessesTrainInOneContainer() throws Exception {
    RunDirectory run = runs.create("pair");
    Resources two = new Resources(0, 2, 1, 0, null, 0, 64 * MEBIBYTE, false);
    RunStart.start(run, launcher, RealTrainer.request(data, 4, two));
    RunStatus status = runs.supervise(run);
    assertEquals(RunState.FINISHED, status.state(), status.toString());
    assertEquals("2", processes(run));
  }

  @Test
  void twoNodesTrainTogetherAndAreResumed() throws Exception {
    RunDirectory first = runs.create("node0");
    RunDirectory second = runs.create("node1");
    startBoth(first, second);
    awaitCheckpoint(first);
    RunStatus running = runs.view(second).status();
    assertEquals(RunState.RUNNING, running.state(), running.toString());
    assertTrue(running.why().contains("node 1 of 2"), running.why());
    for (RunDirectory run : List.of(first, second)) {
      runs.kill(present(Launch.read(run)));
      assertEquals(RunState.LOST, runs.supervise(run).state());
    }
    startBoth(first, second);
    assertEquals(RunState.FINISHED, runs.supervise(first).state());
    assertEquals(RunState.FINISHED, runs.supervise(second).state());
    assertEquals("2", processes(first));
    assertEquals(1, runs.view(first).history().resumes());
  }

  @Test
  void unreadableFolderIsToldByTheTrainer() throws Exception {
    RunDirectory run = runs.create("blind");
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("---------"));
    try {
      RunStart.start(run, launcher, RealTrainer.request(data, 2, Resources.DEFAULT));
      RunStatus status = runs.supervise(run);
      assertEquals(RunState.FAILED, status.state(), status.toString());
      assertTrue(status.why().contains("/data"), status.toString());
    } finally {
      Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
    }
  }

  private void startBoth(RunDirectory first, RunDirectory second) throws Exception {
    String meeting = "127.0.0.1:" + freePort();
    for (int rank = 0; rank < 2; rank++) {
      Resources node = new Resources(0, 1, 2, rank, meeting, 0, 64 * MEBIBYTE, true);
      RunStart.start(rank == 0 ? first : second, launcher, RealTrainer.request(data, 4, node));
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private String processes(RunDirectory run) throws IOException {
    RunView view = runs.view(run);
    return String.valueOf(present(view.history().lastStart()).details().get("processes"));
  }

  private static void tearLastLine(Path events) throws IOException {
    try (FileChannel channel = FileChannel.open(events, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() - 5);
    }
  }

  private RunView awaitCheckpoint(RunDirectory run) throws Exception {
    // It comes right after the event of its step.
    RunView view = runs.awaitStep(run, 2);
    while (view.history().checkpoint() == null) {
      Thread.sleep(50);
      view.refresh();
    }
    return view;
  }

  private static <T> T present(@Nullable T value) {
    return Objects.requireNonNull(value);
  }
}
