package org.vocalise.training.supervise;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.vocalise.dsp.io.InputException;
import org.vocalise.training.launch.Launch;
import org.vocalise.training.launch.Launcher;
import org.vocalise.training.launch.Launchers;
import org.vocalise.training.launch.Liveness;
import org.vocalise.training.run.RunDirectory;
import org.vocalise.training.run.RunLock;
import org.vocalise.training.run.RunState;
import org.vocalise.training.status.RunStatus;
import org.vocalise.training.status.RunView;

/**
 * The orchestrator of one run: records how its trainer ends, clears its container away, and starts
 * it again where the user wants that. The run does not need it: a trainer whose orchestrator is
 * killed goes on, and another orchestrator takes over. Not thread-safe.
 */
public final class Supervisor {
  private static final Duration GLANCE = Duration.ofSeconds(1);
  private static final Duration GRACE = Duration.ofMinutes(1);
  private static final Duration AWAY = Duration.ofHours(1);

  private final RunDirectory run;
  private final Launchers launchers;
  private final RestartPolicy restarts;
  private final Consumer<RunView> onGlance;
  private final OrchestratorLog log;
  private int restarted;
  private boolean unrecorded;

  /**
   * Looks after a run.
   *
   * @param onGlance is shown the run each second, and at its end
   */
  public Supervisor(
      RunDirectory run, Launchers launchers, RestartPolicy restarts, Consumer<RunView> onGlance) {
    this.run = run;
    this.launchers = launchers;
    this.restarts = restarts;
    this.onGlance = onGlance;
    log = OrchestratorLog.of(run);
  }

  /**
   * Stays until the run has ended.
   *
   * @return how it ended
   * @throws InputException if another orchestrator looks after it, or none has started it
   */
  public RunStatus supervise() throws IOException, InterruptedException {
    try (RunLock lock = RunLock.take(run)) {
      if (lock.predecessor() != null) {
        log.add("took_over", Map.of("from", lock.predecessor()));
      }
      RunView view = new RunView(run, launchers);
      if (view.launch() == null) {
        throw new InputException(run.path(), "was not started by 'vocalise train start'");
      }
      while (true) {
        onGlance.accept(view);
        if (ended(view) && !again(view)) {
          return view.status();
        }
        Thread.sleep(GLANCE.toMillis());
        view.refresh();
      }
    }
  }

  private static boolean ended(RunView view) {
    RunState state = view.status().state();
    return state != RunState.RUNNING && state != RunState.STALLED;
  }

  /** Clears the ended trainer away; starts it again if that is wanted. */
  private boolean again(RunView view) throws IOException, InterruptedException {
    Launch launch = view.launch();
    if (launch == null) {
      return false;
    }
    Launcher launcher = launchers.of(launch);
    settle(launch, launcher);
    view.refresh();
    if (!lost(view.status().state(), launch) || unrecorded) {
      return false;
    }
    while (restarted < restarts.most()) {
      Thread.sleep(restarts.before(restarted).toMillis());
      if (stopRequested(launch)) {
        return false;
      }
      restarted++;
      log.add("restart", Map.of("number", restarted, "of", restarts.most()));
      try {
        RunStart.start(run, launcher, launch.request());
        view.refresh();
        return true;
      } catch (IOException e) {
        // The engine is away, for instance: the next time comes later.
        log.add("restart_failed", Map.of("number", restarted, "why", String.valueOf(e)));
      }
    }
    return false;
  }

  /**
   * A trainer that has written its last event is about to end; how, is kept. Where nobody can tell
   * because its engine is away, too, that is waited for: its container is to be cleared.
   */
  private void settle(Launch launch, Launcher launcher) throws IOException, InterruptedException {
    Liveness liveness = launcher.liveness(launch);
    for (int i = 0; i < patience(liveness).toSeconds(); i++) {
      Thread.sleep(GLANCE.toMillis());
      liveness = launcher.liveness(launch);
    }
    if (liveness instanceof Liveness.Alive) {
      launcher.stop(launch, GRACE);
      liveness = launcher.liveness(launch);
    }
    try {
      record(run, launcher, launch, liveness);
    } catch (IOException e) {
      // The disk is full: the ended container stays, since nothing else tells how it ended, until
      // the run is resumed or deleted.
      unrecorded = true;
    }
  }

  private static Duration patience(Liveness liveness) {
    if (liveness instanceof Liveness.Unknown) {
      return AWAY;
    }
    return liveness instanceof Liveness.Alive ? GRACE : Duration.ZERO;
  }

  /** Records how a trainer has ended, if that is new, and clears it away. */
  public static void record(RunDirectory run, Launcher launcher, Launch launch, Liveness liveness)
      throws IOException {
    OrchestratorLog log = OrchestratorLog.of(run);
    if (liveness instanceof Liveness.Ended end && log.endOf(launch) == null) {
      log.ended(launch, end);
    }
    if (!(liveness instanceof Liveness.Alive) && !(liveness instanceof Liveness.Unknown)) {
      launcher.clear(run, launch);
    }
  }

  private boolean lost(RunState state, Launch launch) throws IOException {
    return state == RunState.LOST || (state == RunState.STOPPED && !stopRequested(launch));
  }

  private boolean stopRequested(Launch launch) throws IOException {
    List<JsonNode> entries = log.entries();
    return entries.stream()
        .anyMatch(
            entry ->
                entry.path("kind").asText().equals("stop_requested")
                    && entry.path("launch").asText().equals(launch.started()));
  }
}
