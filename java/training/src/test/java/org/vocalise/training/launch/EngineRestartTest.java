package org.vocalise.training.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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

/** What becomes of runs whose engine is stopped or killed, and comes back. */
@Timeout(300)
final class EngineRestartTest {
  private static final String[] SLOW = {"steps=200", "step_seconds=0.1"};

  @TempDir private Path folder;

  @Test
  void runsSurviveTheirEngine() throws Exception {
    Path data = Standin.data(folder);
    try (DockerEngine usual = TestEngine.required()) {
      String tag = new TrainerImage(usual.client(), Standin.source()).prepare(line -> {});
      try (PrivateEngine engine = new PrivateEngine();
          Launchers launchers = new Launchers(Standin.source().folder(), null)) {
        engine.copy(usual, tag);
        Launcher launcher = launchers.named("docker");
        RunDirectory undisturbed = create("undisturbed");
        RunStart.start(undisturbed, launcher, Standin.request(data, "steps=200"));
        assertEquals(RunState.FINISHED, supervise(undisturbed, launchers, 0).state());

        RunDirectory run = create("restarted");
        RunStart.start(run, launcher, Standin.request(data, SLOW));
        CompletableFuture<RunStatus> end =
            CompletableFuture.supplyAsync(() -> wait(run, launchers));
        awaitStep(run, launchers, 20);
        engine.stop();
        // Asked to end by the engine, it has written a checkpoint.
        assertEquals(RunState.STOPPED, new RunView(run, launchers).status().state());
        engine.start();
        awaitStep(run, launchers, 60);

        engine.kill();
        RunStatus away = new RunView(run, launchers).status();
        assertEquals(RunState.RUNNING, away.state(), away.toString());
        assertTrue(away.why().contains("no Docker engine answers"), away.why());
        awaitStep(run, launchers, 70);
        engine.start();
        RunStatus status = end.get();
        assertEquals(RunState.FINISHED, status.state(), status.toString());
        assertEquals(Standin.weights(undisturbed), Standin.weights(run));
        assertEquals(2, new RunView(run, launchers).history().resumes());
        try (DockerEngine now = new DockerEngine()) {
          assertEquals(
              List.of(), now.client().listContainersCmd().withShowAll(true).exec(), "left behind");
        }
        assertTrue(Files.readString(run.orchestrator()).contains("\"kind\":\"restart\""));
      }
    }
  }

  private static RunStatus wait(RunDirectory run, Launchers launchers) {
    try {
      return supervise(run, launchers, 5);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static RunStatus supervise(RunDirectory run, Launchers launchers, int restarts)
      throws Exception {
    RestartPolicy policy = new RestartPolicy(restarts, Duration.ofMillis(200));
    return new Supervisor(run, launchers, policy, view -> {}).supervise();
  }

  private RunDirectory create(String name) throws Exception {
    return new Runs(folder.resolve("runs")).create(new RunName(name));
  }

  private static void awaitStep(RunDirectory run, Launchers launchers, long step) throws Exception {
    RunView view = new RunView(run, launchers);
    while (view.history().step() < step) {
      Thread.sleep(50);
      view.refresh();
    }
  }
}
