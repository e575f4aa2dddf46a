package org.vocalise.training.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.vocalise.training.run.RunDirectory;
import org.vocalise.training.run.RunName;
import org.vocalise.training.run.RunState;
import org.vocalise.training.run.Runs;
import org.vocalise.training.status.RunStatus;
import org.vocalise.training.status.RunView;
import org.vocalise.training.supervise.RestartPolicy;
import org.vocalise.training.supervise.Supervisor;

/** Runs of a test in containers of the machine's engine, which leave nothing behind. */
final class ContainerRuns implements AutoCloseable {
  private static final Set<RunState> GOING = Set.of(RunState.RUNNING, RunState.STALLED);

  private final Path folder;
  private final DockerEngine engine = TestEngine.required();
  private final Launchers launchers;
  private final List<RunDirectory> runs = new ArrayList<>();

  /**
   * Takes the engine.
   *
   * @param folder of the test
   */
  ContainerRuns(Path folder, TrainerSource source) throws IOException {
    this.folder = folder;
    launchers = new Launchers(source.folder(), null);
  }

  DockerEngine engine() {
    return engine;
  }

  Launchers launchers() {
    return launchers;
  }

  RunDirectory create(String name) throws IOException {
    return create(folder.resolve("runs"), name);
  }

  RunDirectory create(Path place, String name) throws IOException {
    RunDirectory run = new Runs(place).create(new RunName(name));
    runs.add(run);
    return run;
  }

  RunView view(RunDirectory run) throws IOException {
    return new RunView(run, launchers);
  }

  RunStatus supervise(RunDirectory run) throws Exception {
    return supervise(run, RestartPolicy.NEVER);
  }

  RunStatus supervise(RunDirectory run, RestartPolicy policy) throws Exception {
    return new Supervisor(run, launchers, policy, view -> {}).supervise();
  }

  /** Waits for a trainer's first event, or for its end. */
  void awaitStart(RunDirectory run, Launch launch) throws Exception {
    RunView view = view(run);
    while (view.history().starts() <= launch.startsBefore()
        && GOING.contains(view.status().state())) {
      Thread.sleep(20);
      view.refresh();
    }
  }

  RunView awaitStep(RunDirectory run, long step) throws Exception {
    RunView view = view(run);
    while (view.history().step() < step) {
      // A busy machine may be silent for longer than usual.
      assertTrue(GOING.contains(view.status().state()), view.status().toString());
      Thread.sleep(50);
      view.refresh();
    }
    return view;
  }

  /** Kills a trainer, unless it has ended before. */
  void kill(Launch launch) throws InterruptedException {
    Launch.ContainerIdentity container = Objects.requireNonNull(launch.container());
    try {
      engine.client().killContainerCmd(container.id()).exec();
    } catch (RuntimeException e) {
      // It has ended before.
    }
    while (launchers.of(launch).liveness(launch) instanceof Liveness.Alive) {
      Thread.sleep(10);
    }
  }

  /** Fails if containers or half files are left; they are removed. */
  @Override
  public void close() throws IOException {
    List<String> left = new ArrayList<>();
    for (RunDirectory run : runs) {
      left.addAll(TestEngine.removeContainers(engine, run));
    }
    launchers.close();
    engine.close();
    assertEquals(List.of(), left, "containers of these runs were left behind");
    try (Stream<Path> files = Files.walk(folder)) {
      assertEquals(List.of(), files.filter(ContainerRuns::isHalf).toList());
    }
  }

  private static boolean isHalf(Path file) {
    return String.valueOf(file.getFileName()).startsWith(".");
  }
}
