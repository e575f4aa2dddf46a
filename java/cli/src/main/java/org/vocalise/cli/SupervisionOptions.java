package org.vocalise.cli;

import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.vocalise.cli.batch.Console;
import org.vocalise.cli.batch.ExitCode;
import org.vocalise.dsp.io.InputException;
import org.vocalise.training.launch.Launch;
import org.vocalise.training.launch.Launcher;
import org.vocalise.training.launch.Launchers;
import org.vocalise.training.launch.Liveness;
import org.vocalise.training.launch.TrainingRequest;
import org.vocalise.training.run.RunDirectory;
import org.vocalise.training.run.RunLock;
import org.vocalise.training.run.RunState;
import org.vocalise.training.status.RunStatus;
import org.vocalise.training.status.RunView;
import org.vocalise.training.supervise.RestartPolicy;
import org.vocalise.training.supervise.RunStart;
import org.vocalise.training.supervise.Supervisor;
import org.vocalise.training.validate.ValidationSettings;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who looks after a run once it was started. */
final class SupervisionOptions {
  private static final Duration GLANCE = Duration.ofMillis(250);

  @Option(
      names = "--attach",
      description = {
        "Stay, look after the run and show it until it ends.",
        "Default: a process in the background looks after it."
      })
  private boolean attach;

  @Option(
      names = "--no-supervisor",
      description = "Leave the run alone; 'train supervise' looks after it later.")
  private boolean alone;

  @Option(
      names = "--restarts",
      paramLabel = "N",
      description = {
        "Start a lost trainer again, N times at most, after 5, 10, 20 s and so on.",
        "Default: ${DEFAULT-VALUE}."
      },
      defaultValue = "0")
  private int restarts;

  @Option(
      names = "--validate",
      negatable = true,
      description = {
        "Let the orchestrator validate snapshots; default: as before, or yes.",
        "--no-validate leaves that to 'train validate'."
      })
  private @Nullable Boolean validate;

  @Mixin private final ValidationOptions validation = new ValidationOptions();

  /** Refuses what can't be followed, before anything is started. */
  void check() throws IOException {
    validation.check();
  }

  private ValidationSettings change(ValidationSettings before) {
    return validation.change(before, validate == null ? before.enabled() : validate);
  }

  /** The policy that was asked for. */
  RestartPolicy policy() {
    return new RestartPolicy(Math.max(0, restarts), RestartPolicy.NEVER.first());
  }

  /**
   * Starts a trainer and waits until it has begun.
   *
   * @param launcher of the new trainer; the run's former one may have had another
   * @return whether it has, or will
   * @throws InputException if it ended before that; the message is its own
   */
  boolean start(
      RunDirectory run,
      Launcher launcher,
      Launchers launchers,
      TrainingRequest request,
      Console console)
      throws IOException, InterruptedException {
    run.checkWritable();
    try (RunLock lock = take(run, launchers, console)) {
      if (lock.predecessor() != null) {
        console.note("takes over from " + lock.predecessor() + ", which is gone");
      }
      change(ValidationSettings.of(run)).keepIn(run);
      Launch before = Launch.read(run);
      Launcher former = before == null ? launcher : launchers.of(before);
      Launch launch = RunStart.start(run, former, launcher, request);
      if (request.resources().nodeRank() > 0) {
        console.note(run.name() + ": started; the events are with node 0");
        return true;
      }
      console.note(run.name() + ": started, waiting for its first event");
      RunView view = new RunView(run, launchers);
      while (view.history().starts() <= launch.startsBefore()) {
        RunState state = view.status().state();
        if (state != RunState.RUNNING && state != RunState.STALLED) {
          Supervisor.record(run, launcher, launch, launcher.liveness(launch));
          RunStatus refused = view.status();
          refused.lastLines().forEach(line -> console.note("log: " + line));
          throw refused(run, refused);
        }
        Thread.sleep(GLANCE.toMillis());
        view.refresh();
      }
      return true;
    }
  }

  /** Waits for an orchestrator whose trainer has ended: it is about to end, too. */
  private static RunLock take(RunDirectory run, Launchers launchers, Console console)
      throws IOException, InterruptedException {
    boolean told = false;
    while (true) {
      try {
        return RunLock.take(run);
      } catch (InputException e) {
        if (alive(run, launchers)) {
          throw e;
        }
      }
      if (!told) {
        console.note(
            run.name() + ": waits for its orchestrator, which validates the last snapshots");
        told = true;
      }
      Thread.sleep(GLANCE.toMillis());
    }
  }

  private static InputException refused(RunDirectory run, RunStatus status) {
    String cure = status.cure().isEmpty() ? "" : "; " + status.cure();
    return new InputException(run.path(), "training did not begin: " + status.why() + cure);
  }

  /** Looks after the run here where that was asked for, else in the background. */
  int stay(RunDirectory run, Launchers launchers, Console console)
      throws IOException, InterruptedException {
    if (!attach) {
      if (!alone) {
        BackgroundSupervisor.start(run, policy());
      }
      console.note("'vocalise train watch " + run.name() + "' shows how it goes");
      return ExitCode.DONE;
    }
    return supervise(run, launchers, console);
  }

  /** Looks after a run until it ends, and shows it. */
  int supervise(RunDirectory run, Launchers launchers, Console console)
      throws IOException, InterruptedException {
    WatchLines lines = new WatchLines(console);
    RunStatus status =
        new Supervisor(run, launchers, policy(), lines::show, this::change).supervise();
    return ended(run, status, console);
  }

  /** Tells how a run ended, and gives the exit code. */
  static int ended(RunDirectory run, RunStatus status, Console console) {
    console.clearStatus();
    console.result(run.name() + ": " + describe(status));
    boolean well = status.state() == RunState.FINISHED || status.state() == RunState.STOPPED;
    return well ? ExitCode.DONE : ExitCode.SOME_FAILED;
  }

  /** A status in a line. */
  static String describe(RunStatus status) {
    String why = status.why().isEmpty() ? "" : ", " + status.why();
    String cure = status.cure().isEmpty() ? "" : "; " + status.cure();
    return status.state().word() + why + cure;
  }

  /** Whether a run's trainer is, or may be, there. */
  static boolean alive(RunDirectory run, Launchers launchers) throws IOException {
    Launch launch = Launch.read(run);
    if (launch == null) {
      return false;
    }
    Liveness liveness = launchers.of(launch).liveness(launch);
    return liveness instanceof Liveness.Alive || liveness instanceof Liveness.Unknown;
  }
}
