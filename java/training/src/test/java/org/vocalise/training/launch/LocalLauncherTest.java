package org.vocalise.training.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.vocalise.dsp.io.InputException;
import org.vocalise.training.run.RunDirectory;
import org.vocalise.training.run.RunName;
import org.vocalise.training.run.RunState;
import org.vocalise.training.run.Runs;
import org.vocalise.training.status.RunView;
import org.vocalise.training.supervise.RestartPolicy;
import org.vocalise.training.supervise.RunStart;
import org.vocalise.training.supervise.Supervisor;

/** Trainers as processes, whole lives of runs. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals of POSIX")
@Timeout(120)
final class LocalLauncherTest {
  @TempDir private Path folder;
  private Path data;
  private Launchers launchers;
  private Launcher launcher;

  @BeforeEach
  void prepare() throws Exception {
    data = Standin.data(folder);
    launchers = new Launchers(Standin.source().folder(), Standin.python());
    launcher = launchers.named("local");
    launcher.prepare(line -> {});
  }

  @Test
  void runFinishesAndTellsHow() throws Exception {
    RunDirectory run = create("first");
    RunStart.start(run, launcher, Standin.request(data));
    assertEquals(RunState.FINISHED, supervise(run, RestartPolicy.NEVER));
    RunView view = new RunView(run, launchers);
    assertEquals(40, view.history().step());
    assertEquals(2, view.history().samples().size());
    assertTrue(launcher.lastLines(run, present(Launch.read(run)), 5).get(0).contains("trains as"));
  }

  @Test
  void killedTwentyTimesItEndsWithTheSameWeights() throws Exception {
    RunDirectory undisturbed = create("undisturbed");
    RunStart.start(undisturbed, launcher, Standin.request(data, "steps=200"));
    assertEquals(RunState.FINISHED, supervise(undisturbed, RestartPolicy.NEVER));

    RunDirectory run = create("killed");
    Random random = new Random(7);
    TrainingRequest request = Standin.request(data, "steps=200", "step_seconds=0.02");
    for (int kill = 0; kill < 20; kill++) {
      Launch launch = RunStart.start(run, launcher, request);
      Thread.sleep(100 + random.nextInt(250));
      kill(launch);
      RunView view = new RunView(run, launchers);
      assertTrue(
          view.status().state() == RunState.LOST || view.status().state() == RunState.FINISHED,
          view.status().toString());
    }
    RunStart.start(run, launcher, Standin.request(data, "steps=200"));
    assertEquals(RunState.FINISHED, supervise(run, RestartPolicy.NEVER));
    assertEquals(Standin.weights(undisturbed), Standin.weights(run));
  }

  @Test
  void stoppedRunIsResumedAndItsOrchestratorReplaced() throws Exception {
    RunDirectory run = create("first");
    TrainingRequest request = Standin.request(data, "step_seconds=0.1");
    Launch launch = RunStart.start(run, launcher, request);
    awaitStep(run, 3);
    InputException twice =
        assertThrows(InputException.class, () -> RunStart.start(run, launcher, request));
    assertTrue(message(twice).contains("its trainer runs"), twice.getMessage());

    // Another process's launchers find the trainer by what was recorded.
    try (Launchers others = new Launchers(null, null)) {
      Launcher other = others.of(launch);
      assertInstanceOf(Liveness.Alive.class, other.liveness(launch));
      assertTrue(present(other.usage(launch)).memoryBytes() > 1 << 20);
      assertTrue(other.stop(launch, Duration.ofSeconds(20)));
      assertEquals(RunState.STOPPED, new RunView(run, others).status().state());
    }
    RunStart.start(run, launcher, Standin.request(data));
    assertEquals(RunState.FINISHED, supervise(run, RestartPolicy.NEVER));
    assertEquals(1, new RunView(run, launchers).history().resumes());
  }

  @Test
  void trainerThatDoesNotEndIsKilledAfterTheGrace() throws Exception {
    RunDirectory run = create("deaf");
    Launch launch =
        RunStart.start(run, launcher, Standin.request(data, "step_seconds=0.1", "ignore_term=1"));
    awaitStep(run, 1);
    assertEquals(false, launcher.stop(launch, Duration.ofMillis(300)));
    assertEquals(RunState.LOST, new RunView(run, launchers).status().state());
  }

  @Test
  void lostTrainerIsRestartedWhereThatIsWanted() throws Exception {
    RunDirectory run = create("first");
    Launch launch = RunStart.start(run, launcher, Standin.request(data, "step_seconds=0.05"));
    awaitStep(run, 7);
    kill(launch);
    RestartPolicy policy = new RestartPolicy(1, Duration.ofMillis(100));
    assertEquals(RunState.FINISHED, supervise(run, policy));
    assertEquals(1, new RunView(run, launchers).history().resumes());
  }

  @Test
  void failuresAreExplained() throws Exception {
    RunDirectory failing = create("failing");
    RunStart.start(failing, launcher, Standin.request(data, "fail_at=3"));
    assertEquals(RunState.FAILED, supervise(failing, RestartPolicy.NEVER));
    RunView view = new RunView(failing, launchers);
    assertEquals("RuntimeError: asked to fail at step 3", view.status().why());
    assertTrue(view.status().lastLines().size() > 3);

    RunDirectory refused = create("refused");
    RunStart.start(refused, launcher, Standin.request(data, "stpes=3"));
    assertEquals(RunState.FAILED, supervise(refused, RestartPolicy.NEVER));
    assertTrue(new RunView(refused, launchers).status().why().contains("unknown setting stpes"));
  }

  @Test
  void trainerThatCannotBeRecordedIsNotLeftBehind() throws Exception {
    RunDirectory run = create("first");
    List<Launch> launches = new ArrayList<>();
    Launcher unlucky =
        (Launcher)
            Proxy.newProxyInstance(
                Launcher.class.getClassLoader(),
                new Class<?>[] {Launcher.class},
                (proxy, method, arguments) -> {
                  Object result = method.invoke(launcher, arguments);
                  if (result instanceof Launch launch) {
                    launches.add(launch);
                    // No file takes its place.
                    Files.createDirectories(run.launch().resolve("in the way"));
                  }
                  return result;
                });
    TrainingRequest request = Standin.request(data, "step_seconds=0.1");
    assertThrows(IOException.class, () -> RunStart.start(run, unlucky, request));
    assertEquals(1, launches.size());
    assertFalse(present(launches.get(0).process()).alive());
  }

  @Test
  void clockThatWasSetBackIsNoticed() throws Exception {
    RunDirectory run = create("clock");
    RunStart.start(run, launcher, Standin.request(data, "clock_back_at=20"));
    assertEquals(RunState.FINISHED, supervise(run, RestartPolicy.NEVER));
  }

  private RunState supervise(RunDirectory run, RestartPolicy policy) throws Exception {
    return new Supervisor(run, launchers, policy, view -> {}).supervise().state();
  }

  private RunDirectory create(String name) throws IOException {
    return new Runs(folder.resolve("runs")).create(new RunName(name));
  }

  private void awaitStep(RunDirectory run, long step) throws Exception {
    RunView view = new RunView(run, launchers);
    while (view.history().step() < step) {
      assertEquals(RunState.RUNNING, view.status().state(), view.status().toString());
      Thread.sleep(20);
      view.refresh();
    }
  }

  private void kill(Launch launch) throws InterruptedException {
    ProcessIdentity process = present(launch.process());
    ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroyForcibly);
    while (launcher.liveness(launch) instanceof Liveness.Alive) {
      Thread.sleep(5);
    }
  }

  private static <T> T present(@Nullable T value) {
    return Objects.requireNonNull(value);
  }

  private static String message(Throwable fault) {
    return String.valueOf(fault.getMessage());
  }

  @Test
  void folderWithoutRecordingsIsRefused() throws IOException {
    Path empty = folder.resolve("empty");
    Files.createDirectories(empty.resolve("inner"));
    InputException fault = assertThrows(InputException.class, () -> RunStart.checkData(empty));
    assertTrue(message(fault).contains("holds no WAV or FLAC file"), fault.getMessage());
    assertThrows(InputException.class, () -> RunStart.checkData(folder.resolve("none")));
  }
}
