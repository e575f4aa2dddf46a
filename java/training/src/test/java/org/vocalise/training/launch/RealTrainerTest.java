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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vocalise.inference.OnnxVocoder;
import org.vocalise.training.run.RunDirectory;
import org.vocalise.training.run.RunName;
import org.vocalise.training.run.RunState;
import org.vocalise.training.run.Runs;
import org.vocalise.training.status.RunStatus;
import org.vocalise.training.status.RunView;
import org.vocalise.training.supervise.RestartPolicy;
import org.vocalise.training.supervise.RunStart;
import org.vocalise.training.supervise.Supervisor;

/** The project's own trainer in containers: killed, resumed, several, and with bad recordings. */
@Timeout(1500)
final class RealTrainerTest {
  private static final Set<RunState> GOING = Set.of(RunState.RUNNING, RunState.STALLED);
  private static final long MEBIBYTE = 1 << 20;

  @TempDir private Path folder;
  private Path data;

  @SuppressWarnings("NullAway.Init")
  private DockerEngine engine;

  private Launchers launchers;
  private Launcher launcher;
  private final List<RunDirectory> runs = new ArrayList<>();

  @BeforeEach
  void prepare() throws Exception {
    engine = TestEngine.required();
    launchers = new Launchers(TrainerSource.find(null).folder(), null);
    launcher = RealTrainer.launcher(engine, launchers);
    data = RealTrainer.recordings(folder.resolve("data"));
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    List<String> left = new ArrayList<>();
    for (RunDirectory run : runs) {
      left.addAll(TestEngine.removeContainers(engine, run));
    }
    launchers.close();
    engine.close();
    assertEquals(List.of(), left, "containers of these runs were left behind");
  }

  @Test
  void killedRunIsResumedAndExported() throws Exception {
    Path damaged = Files.createDirectories(data.resolve("bass#phrase")).resolve("0.wav");
    Files.writeString(damaged, "RIFF is all that is left of it");
    RunDirectory run = create("real");
    TrainingRequest request = RealTrainer.request(data, 8, Resources.DEFAULT);
    Launch launch = RunStart.start(run, launcher, request);
    RunView view = awaitCheckpoint(run);
    assertEquals("1", present(view.history().lastStart()).details().get("skipped"));
    assertTrue(
        launcher.lastLines(run, launch, 20).stream().anyMatch(line -> line.contains("bass#phrase")),
        "the damaged recording is named");
    kill(launch);
    assertEquals(RunState.LOST, supervise(run).state());
    tearLastLine(run.events());

    Launch resumed = RunStart.start(run, launcher, request);
    RunStatus status = supervise(run);
    assertEquals(RunState.FINISHED, status.state(), status.toString());
    // A new look: to the old one, lines that were whole have gone.
    view = new RunView(run, launchers);
    assertEquals(1, view.history().resumes());
    assertEquals(8, view.history().step());
    assertTrue(view.history().damagedLines() <= 1, "no more than the torn one");
    assertNothingIsHalf(run);
    Path onnx = Files.createDirectories(folder.resolve("out")).resolve("real.onnx");
    launcher.export(run, resumed, run.path(), onnx);
    OnnxVocoder.open(onnx).close();
    assertTrue(Files.isWritable(onnx));
  }

  @Test
  void twoProcessesTrainInOneContainer() throws Exception {
    RunDirectory run = create("pair");
    Resources two = new Resources(0, 2, 1, 0, null, 0, 64 * MEBIBYTE, false);
    RunStart.start(run, launcher, RealTrainer.request(data, 4, two));
    RunStatus status = supervise(run);
    assertEquals(RunState.FINISHED, status.state(), status.toString());
    assertEquals("2", processes(run));
  }

  @Test
  void twoNodesTrainTogetherAndAreResumed() throws Exception {
    RunDirectory first = create("node0");
    RunDirectory second = create("node1");
    startBoth(first, second);
    awaitCheckpoint(first);
    RunStatus running = new RunView(second, launchers).status();
    assertEquals(RunState.RUNNING, running.state(), running.toString());
    assertTrue(running.why().contains("node 1 of 2"), running.why());
    for (RunDirectory run : List.of(first, second)) {
      kill(present(Launch.read(run)));
      assertEquals(RunState.LOST, supervise(run).state());
    }
    startBoth(first, second);
    assertEquals(RunState.FINISHED, supervise(first).state());
    assertEquals(RunState.FINISHED, supervise(second).state());
    assertEquals("2", processes(first));
    assertEquals(1, new RunView(first, launchers).history().resumes());
  }

  @Test
  void unreadableFolderIsToldByTheTrainer() throws Exception {
    RunDirectory run = create("blind");
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("---------"));
    try {
      RunStart.start(run, launcher, RealTrainer.request(data, 2, Resources.DEFAULT));
      RunStatus status = supervise(run);
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
    RunView view = new RunView(run, launchers);
    return String.valueOf(present(view.history().lastStart()).details().get("processes"));
  }

  private static void tearLastLine(Path events) throws IOException {
    try (FileChannel channel = FileChannel.open(events, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() - 5);
    }
  }

  private static void assertNothingIsHalf(RunDirectory run) throws IOException {
    try (Stream<Path> files = Files.walk(run.path())) {
      assertEquals(
          List.of(),
          files.filter(file -> String.valueOf(file.getFileName()).startsWith(".")).toList());
    }
  }

  private RunView awaitCheckpoint(RunDirectory run) throws Exception {
    RunView view = new RunView(run, launchers);
    while (view.history().checkpoint() == null) {
      // A busy machine may be silent for longer than usual.
      assertTrue(GOING.contains(view.status().state()), view.status().toString());
      Thread.sleep(50);
      view.refresh();
    }
    return view;
  }

  private void kill(Launch launch) {
    engine.client().killContainerCmd(present(launch.container()).id()).exec();
  }

  private RunStatus supervise(RunDirectory run) throws Exception {
    return new Supervisor(run, launchers, RestartPolicy.NEVER, seen -> {}).supervise();
  }

  private RunDirectory create(String name) throws IOException {
    RunDirectory run = new Runs(folder.resolve("runs")).create(new RunName(name));
    runs.add(run);
    return run;
  }

  private static <T> T present(@Nullable T value) {
    return Objects.requireNonNull(value);
  }
}
