package org.vocalise.training.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.HostConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vocalise.training.run.RunDirectory;
import org.vocalise.training.run.RunName;
import org.vocalise.training.run.RunState;
import org.vocalise.training.run.Runs;
import org.vocalise.training.status.RunStatus;
import org.vocalise.training.status.RunView;
import org.vocalise.training.supervise.RestartPolicy;
import org.vocalise.training.supervise.RunStart;
import org.vocalise.training.supervise.Supervisor;

/** Trainers by the project's own compose file, on a real engine. */
@Timeout(300)
final class ComposeLauncherTest {
  private static final Path COMPOSE_FILE = Path.of("../../docker-compose.yml");

  @TempDir private Path folder;
  private Path data;

  @SuppressWarnings("NullAway.Init")
  private DockerEngine engine;

  private Launchers launchers;
  private Launcher launcher;
  private RunDirectory run;

  @BeforeEach
  void prepare() throws Exception {
    engine = TestEngine.required();
    try {
      ComposeProgram.find();
    } catch (IOException e) {
      if ("required".equals(System.getenv("VOCALISE_ENGINE"))) {
        throw e;
      }
      assumeTrue(false, e.getMessage());
    }
    // A dollar would be a variable's to compose.
    Path project = Files.createDirectories(folder.resolve("pro$ject"));
    data = Standin.data(project);
    Files.copy(COMPOSE_FILE, project.resolve("docker-compose.yml"));
    copyStandin(project.resolve("python-train"));
    launchers = new Launchers(project.resolve("python-train"), null);
    launcher = launchers.named("compose");
    launcher.prepare(line -> {});
    run = new Runs(project.resolve("runs")).create(new RunName("First.run"));
  }

  @AfterEach
  void nothingIsLeft() throws Exception {
    if (run == null) {
      return; // skipped, since no engine answers
    }
    List<String> left = TestEngine.removeContainers(engine, run);
    List<String> networks =
        engine.client().listNetworksCmd().exec().stream()
            .map(network -> network.getName())
            .filter(name -> name.contains(TrainerContainer.hash(run)))
            .toList();
    launchers.close();
    engine.close();
    assertEquals(List.of(), left, "containers were left behind");
    assertEquals(List.of(), networks, "networks were left behind");
  }

  @Test
  void runIsStoppedKilledAndFinished() throws Exception {
    Launch launch =
        RunStart.start(run, launcher, Standin.request(data, "steps=400", "step_seconds=0.1"));
    assertIsolated(launch);
    RunView view = awaitStep(1);
    assertTrue(present(view.usage()).memoryBytes() > 1 << 20);
    assertTrue(launcher.stop(launch, Duration.ofSeconds(30)));
    assertEquals(RunState.STOPPED, supervise().state());
    assertInstanceOf(Liveness.Gone.class, launcher.liveness(launch));
    assertTrue(launcher.lastLines(run, launch, 5).get(0).startsWith("trains as user"));
    assertEquals(Files.getOwner(run.path()), Files.getOwner(run.events()));

    Launch killed =
        RunStart.start(run, launcher, Standin.request(data, "steps=400", "step_seconds=0.1"));
    RunView again = new RunView(run, launchers);
    while (again.history().resumes() == 0) {
      Thread.sleep(50);
      again.refresh();
    }
    engine.client().killContainerCmd(present(killed.container()).id()).exec();
    RunStatus lost = supervise();
    assertEquals(RunState.LOST, lost.state());
    assertTrue(lost.why().contains("SIGKILL"), lost.why());

    RunStart.start(run, launcher, Standin.request(data, "steps=400", "step_seconds=0"));
    assertEquals(RunState.FINISHED, supervise().state());
    assertEquals(2, new RunView(run, launchers).history().resumes());
  }

  private void assertIsolated(Launch launch) {
    InspectContainerResponse found =
        engine.client().inspectContainerCmd(present(launch.container()).id()).exec();
    HostConfig host = present(found.getHostConfig());
    assertEquals("ALL", String.valueOf(present(host.getCapDrop())[0]));
    assertEquals(List.of("no-new-privileges:true"), host.getSecurityOpts());
    assertEquals("none", host.getNetworkMode());
    assertEquals(true, host.getReadonlyRootfs());
    assertEquals(true, host.getInit());
    for (InspectContainerResponse.Mount mount : present(found.getMounts())) {
      String source = String.valueOf(mount.getSource());
      boolean inMemory = source.isEmpty();
      boolean writable = inMemory || source.equals(run.path().toString());
      assertEquals(writable, mount.getRW(), String.valueOf(mount));
    }
  }

  @Test
  void whatComposeRefusesIsSaidAndLeavesNothing() throws Exception {
    Path file = run.path().resolveSibling("../docker-compose.yml").normalize();
    Files.writeString(file, Files.readString(file) + "\n  odd:\n    imagge: x\n");
    IOException fault =
        assertThrows(IOException.class, () -> RunStart.start(run, launcher, Standin.request(data)));
    assertTrue(String.valueOf(fault.getMessage()).contains("imagge"), fault.getMessage());
    Files.delete(file);
    IOException missing = assertThrows(IOException.class, () -> launcher.prepare(line -> {}));
    assertTrue(String.valueOf(missing.getMessage()).contains("is missing"), missing.getMessage());
  }

  private static void copyStandin(Path target) throws IOException {
    Path source = Standin.source().folder();
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Files.copy(file, target.resolve(source.relativize(file).toString()));
      }
    }
  }

  private RunStatus supervise() throws Exception {
    return new Supervisor(run, launchers, RestartPolicy.NEVER, view -> {}).supervise();
  }

  private RunView awaitStep(long step) throws Exception {
    RunView view = new RunView(run, launchers);
    while (view.history().step() < step) {
      assertEquals(RunState.RUNNING, view.status().state(), view.status().toString());
      Thread.sleep(50);
      view.refresh();
    }
    return view;
  }

  private static <T> T present(@Nullable T value) {
    return Objects.requireNonNull(value);
  }
}
