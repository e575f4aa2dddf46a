package org.vocalise.training.supervise;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
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
import org.vocalise.training.validate.ValidationSettings;

/**
 * The orchestrator of one run: validates its snapshots, stops it where that was asked for and it
 * gets no better, records how its trainer ends, clears its container away, and starts it again
 * where the user wants that. The run does not need it: a trainer whose orchestrator is killed goes
 * on, and another orchestrator takes over. Not thread-safe.
 */
public final class Supervisor {
  private static final Duration GLANCE = Duration.ofSeconds(1);
  private static final Duration GRACE = Duration.ofMinutes(1);
  private static final Duration AWAY = Duration.ofHours(1);

  private final RunDirectory run;
  private final Launchers launchers;
  private final RestartPolicy restarts;
  private final Consumer<RunView> onGlance;
  private final UnaryOperator<ValidationSettings> changes;
  private final OrchestratorLog log;
  private int restarted;
  private boolean unrecorded;

  /**
   * Looks after a run, and validates it as it was before.
   *
   * @param onGlance is shown the run each second, and at its end
   */
  public Supervisor(
      RunDirectory run, Launchers launchers, RestartPolicy restarts, Consumer<RunView> onGlance) {
    this(run, launchers, restarts, onGlance, UnaryOperator.identity());
  }

  /**
   * Looks after a run.
   *
   * @param changes of how it is validated, from now on
   */
  public Supervisor(
      RunDirectory run,
      Launchers launchers,
      RestartPolicy restarts,
      Consumer<RunView> onGlance,
      UnaryOperator<ValidationSettings> changes) {
    this.changes = changes;
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
   * @throws InputException if another orchestrator looks after it, none has started it, or its
   *     folder takes no files
   */
  public RunStatus supervise() throws IOException, InterruptedException {
    run.checkWritable();
    Launch.required(run, "'vocalise train validate " + run.name() + "' scores its snapshots");
    try (RunLock lock = RunLock.take(run)) {
      if (lock.predecessor() != null) {
        log.add("took_over", Map.of("from", lock.predecessor()));
      }
      RunView view = new RunView(run, launchers);
      ValidationSettings settings = changes.apply(ValidationSettings.of(run));
      settings.keepIn(run);
      try (SupervisedValidation validation = new SupervisedValidation(run, settings)) {
        return supervise(view, validation);
      }
    }
  }

  private RunStatus supervise(RunView view, SupervisedValidation validation)
      throws IOException, InterruptedException {
    while (true) {
      onGlance.accept(view);
      if (ended(view) && !again(view)) {
        validation.finish(view);
        onGlance.accept(view);
        return view.status();
      }
      validation.glance(view);
      String exhausted = validation.exhausted(view);
      if (exhausted != null) {
        stop(view, exhausted);
      }
      Thread.sleep(GLANCE.toMillis());
      view.refresh();
    }
  }

  /** Lets a trainer that makes no progress write a checkpoint and end. */
  private void stop(RunView view, String reason) throws IOException, InterruptedException {
    Launch launch = view.launch();
    String asked = launch == null ? "" : log.stopReason(launch);
    if (launch == null || "".equals(asked)) {
      // The user has asked for it, with a grace of his own.
      return;
    }
    if (asked == null) {
      log.stopRequested(launch, reason);
    }
    try {
      launchers.of(launch).stop(launch, GRACE);
    } catch (IOException e) {
      // The engine is away: asked again at the next glance.
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
    return log.stopReason(launch) != null;
  }
}
