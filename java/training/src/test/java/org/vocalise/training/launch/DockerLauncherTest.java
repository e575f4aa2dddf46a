package org.vocalise.training.launch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vocalise.dsp.io.InputException;
import org.vocalise.training.run.RunDirectory;
import org.vocalise.training.run.RunState;
import org.vocalise.training.run.Runs;
import org.vocalise.training.status.RunStatus;
import org.vocalise.training.status.RunView;
import org.vocalise.training.supervise.RestartPolicy;
import org.vocalise.training.supervise.RunStart;
import org.vocalise.training.supervise.Supervisor;

/** Trainers in containers of a real engine: whole lives of runs, and what can go wrong. */
@Timeout(300)
final class DockerLauncherTest {
  private static final long MEBIBYTE = 1 << 20;

  @TempDir private Path folder;
  private Path data;

  @SuppressWarnings("NullAway.Init")
  private ContainerRuns runs;

  private Launcher launcher;

  @BeforeEach
  void prepare() throws Exception {
    runs = new ContainerRuns(folder, Standin.source());
    data = Standin.data(folder);
    launcher = runs.launchers().named("docker");
    launcher.prepare(line -> {});
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    if (runs != null) { // else skipped, since no engine answers
      runs.close();
    }
  }

  @Test
  void runFinishesAndLeavesItsFilesAndNoContainer() throws Exception {
    RunDirectory run = runs.create("first");
    Launch launch = RunStart.start(run, launcher, Standin.request(data, "clock_back_at=20"));
    assertIsolated(launch);
    assertEquals(RunState.FINISHED, runs.supervise(run).state());
    assertInstanceOf(Liveness.Gone.class, launcher.liveness(launch));
    assertTrue(launcher.lastLines(run, launch, 5).get(0).startsWith("trains as user"));
    assertEquals(Files.getOwner(run.path()), Files.getOwner(run.events()));
    assertEquals(RunState.FINISHED, runs.view(run).status().state());
  }

  private void assertIsolated(Launch launch) {
    InspectContainerResponse found =
        runs.engine().client().inspectContainerCmd(present(launch.container()).id()).exec();
    HostConfig host = present(found.getHostConfig());
    assertArrayEquals(new Capability[] {Capability.ALL}, host.getCapDrop());
    assertEquals(List.of("no-new-privileges"), host.getSecurityOpts());
    assertEquals("none", host.getNetworkMode());
    assertEquals(true, host.getReadonlyRootfs());
    assertEquals(true, host.getInit());
    assertFalse(Boolean.TRUE.equals(host.getPrivileged()));
    for (InspectContainerResponse.Mount mount : present(found.getMounts())) {
      boolean recordings = "/data".equals(String.valueOf(mount.getDestination()));
      assertEquals(!recordings, mount.getRW());
      assertFalse(String.valueOf(mount.getSource()).endsWith("docker.sock"));
    }
  }

  @Test
  void killedTwentyTimesItEndsWithTheSameWeights() throws Exception {
    RunDirectory undisturbed = runs.create("undisturbed");
    RunStart.start(undisturbed, launcher, Standin.request(data, "steps=200"));
    assertEquals(RunState.FINISHED, runs.supervise(undisturbed).state());

    RunDirectory run = runs.create("killed");
    Random random = new Random(11);
    TrainingRequest request = Standin.request(data, "steps=200", "step_seconds=0.03");
    int lost = 0;
    for (int kill = 0; kill < 20; kill++) {
      Launch launch = RunStart.start(run, launcher, request);
      if (kill % 2 == 0) {
        // Else the point may lie before its first event.
        runs.awaitStart(run, launch);
      }
      Thread.sleep(random.nextInt(600));
      runs.kill(launch);
      lost += runs.view(run).status().state() == RunState.LOST ? 1 : 0;
    }
    assertTrue(lost > 10, lost + " of 20 kills came before the end");
    // As a machine leaves it whose power is cut.
    Files.writeString(run.events(), "{\"time\": \"2026-0", StandardOpenOption.APPEND);
    RunStart.start(run, launcher, Standin.request(data, "steps=200"));
    assertEquals(RunState.FINISHED, runs.supervise(run).state());
    assertEquals(Standin.weights(undisturbed), Standin.weights(run));
  }

  @Test
  void stopLeavesACheckpointAndASecondOrchestratorGoesOn() throws Exception {
    RunDirectory run = runs.create("first");
    Launch launch = RunStart.start(run, launcher, Standin.request(data, "step_seconds=0.1"));
    RunView view = runs.awaitStep(run, 3);
    assertTrue(present(view.usage()).memoryBytes() > MEBIBYTE);
    try (Launchers others = new Launchers(null, null)) {
      assertTrue(others.of(launch).stop(launch, Duration.ofSeconds(30)));
      assertEquals(
          RunState.STOPPED,
          new Supervisor(run, others, RestartPolicy.NEVER, seen -> {}).supervise().state());
    }
    RunStart.start(run, launcher, Standin.request(data));
    assertEquals(RunState.FINISHED, runs.supervise(run).state());
    assertEquals(1, runs.view(run).history().resumes());
  }

  @Test
  void wantOfMemoryIsRecognised() throws Exception {
    RunDirectory run = runs.create("hungry");
    Resources little = new Resources(0, 1, 1, 0, null, 48 * MEBIBYTE, 16 * MEBIBYTE, false);
    TrainingRequest request =
        new TrainingRequest("small", data.toString(), List.of("hold_mb=200"), little);
    RunStart.start(run, launcher, request);
    RunStatus status = runs.supervise(run, new RestartPolicy(2, Duration.ofMillis(10)));
    assertEquals(RunState.LOST, status.state());
    assertTrue(status.why().contains("want of memory"), status.why());
    assertTrue(status.cure().contains("--memory"), status.cure());
    long restarts =
        Files.readAllLines(run.orchestrator()).stream()
            .filter(line -> line.contains("\"kind\":\"restart\""))
            .count();
    assertEquals(2, restarts, "in vain, and no more than were allowed");
  }

  @Test
  void lostTrainerIsRestartedWhereThatIsWanted() throws Exception {
    RunDirectory run = runs.create("first");
    Launch launch = RunStart.start(run, launcher, Standin.request(data, "step_seconds=0.1"));
    runs.awaitStep(run, 7);
    runs.kill(launch);
    RestartPolicy policy = new RestartPolicy(1, Duration.ofMillis(100));
    assertEquals(RunState.FINISHED, runs.supervise(run, policy).state());
  }

  @Test
  void runGoesOnByAnotherLauncher() throws Exception {
    RunDirectory undisturbed = runs.create("undisturbed");
    RunStart.start(undisturbed, launcher, Standin.request(data));
    assertEquals(RunState.FINISHED, runs.supervise(undisturbed).state());

    RunDirectory run = runs.create("first");
    TrainingRequest slow = Standin.request(data, "step_seconds=0.1");
    try (Launchers others = new Launchers(Standin.source().folder(), Standin.python())) {
      Launcher local = others.named("local");
      Launch inContainer = RunStart.start(run, launcher, slow);
      runs.awaitStep(run, 6);
      InputException fault =
          assertThrows(InputException.class, () -> RunStart.start(run, launcher, local, slow));
      assertTrue(String.valueOf(fault.getMessage()).contains("its trainer runs"));
      runs.kill(inContainer);
      Launch process = RunStart.start(run, launcher, local, slow);
      assertInstanceOf(Liveness.Gone.class, launcher.liveness(inContainer));
      runs.awaitStep(run, 12);
      assertThrows(InputException.class, () -> RunStart.start(run, local, launcher, slow));
      assertTrue(local.stop(process, Duration.ofSeconds(30)));
      RunStart.start(run, local, launcher, Standin.request(data));
    }
    assertEquals(RunState.FINISHED, runs.supervise(run).state());
    assertEquals(2, runs.view(run).history().resumes());
    assertEquals(Standin.weights(undisturbed), Standin.weights(run));
  }

  @Test
  void nameThatOthersUseIsTheirs() throws Exception {
    RunDirectory run = runs.create("first");
    String name = TrainerContainer.name(run);
    String tag = new TrainerImage(runs.engine().client(), Standin.source()).tag();
    String other = runs.engine().client().createContainerCmd(tag).withName(name).exec().getId();
    try {
      InputException fault =
          assertThrows(
              InputException.class, () -> RunStart.start(run, launcher, Standin.request(data)));
      String message = String.valueOf(fault.getMessage());
      assertTrue(message.contains(name + " is in use"), message);
      assertTrue(message.contains("docker rm -f"), message);
    } finally {
      runs.engine().client().removeContainerCmd(other).exec();
    }
    RunStart.start(run, launcher, Standin.request(data));
    assertEquals(RunState.FINISHED, runs.supervise(run).state());
  }

  @Test
  void missingImageIsBuiltAgain() throws Exception {
    TrainerImage image = new TrainerImage(runs.engine().client(), Standin.source());
    runs.engine().client().removeImageCmd(image.tag()).withForce(true).exec();
    assertThrows(
        NotFoundException.class, () -> runs.engine().client().inspectImageCmd(image.tag()).exec());
    RunDirectory run = runs.create("first");
    RunStart.start(run, launcher, Standin.request(data));
    assertEquals(RunState.FINISHED, runs.supervise(run).state());
    assertTrue(image.exists(image.tag()));
  }

  @Test
  void fullDiskIsTold() throws Exception {
    Path disk = Files.createDirectories(folder.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString()) == 0,
        "a small file system can't be mounted here");
    try {
      RunDirectory run = runs.create(disk, "full");
      RunStart.start(run, launcher, Standin.request(data, "steps=5000", "step_seconds=0"));
      RunStatus status = runs.supervise(run);
      assertEquals(RunState.FAILED, status.state());
      assertTrue(status.why().contains("No space left on device"), status.toString());
      assertTrue(status.cure().contains("make space"), status.cure());
      Launch launch = present(Launch.read(run));
      Runs.delete(run);
      launcher.clear(run, launch);
    } finally {
      run("umount", disk.toString());
    }
  }

  private static int run(String... command) throws Exception {
    return new ProcessBuilder(command).start().waitFor();
  }

  private static <T> T present(@Nullable T value) {
    return Objects.requireNonNull(value);
  }
}
