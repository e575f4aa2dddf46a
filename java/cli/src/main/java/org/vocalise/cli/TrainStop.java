package org.vocalise.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.vocalise.cli.batch.Console;
import org.vocalise.cli.batch.ExitCode;
import org.vocalise.cli.batch.UsageException;
import org.vocalise.dsp.io.InputException;
import org.vocalise.training.launch.Launch;
import org.vocalise.training.launch.Launcher;
import org.vocalise.training.launch.Launchers;
import org.vocalise.training.launch.Liveness;
import org.vocalise.training.run.RunDirectory;
import org.vocalise.training.run.RunLock;
import org.vocalise.training.status.RunView;
import org.vocalise.training.supervise.OrchestratorLog;
import org.vocalise.training.supervise.Supervisor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vocalise train stop}. */
@Command(
    name = "stop",
    description = {
      "Let a run write a checkpoint and end; 'train resume' goes on with it.",
      "One that has not ended after the grace time is killed."
    },
    footer = {"", "Example:", "  vocalise train stop first"})
final class TrainStop implements Callable<Integer> {
  @Parameters(paramLabel = "RUN", description = "Name of the run.")
  private String name = "";

  @Option(
      names = "--grace",
      paramLabel = "SECONDS",
      description = "Time to write a checkpoint; default: ${DEFAULT-VALUE}.",
      defaultValue = "60")
  private int grace;

  @Mixin private final RunOptions runOptions = new RunOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (grace < 0) {
      throw new UsageException("--grace is " + grace + ", a negative number");
    }
    Console console = output.console();
    RunDirectory run = runOptions.find(name);
    Launch launch =
        Launch.required(run, "'docker compose stop train' ends Compose's, Ctrl-C one of Python's");
    try (Launchers launchers = runOptions.launchers()) {
      Launcher launcher = launchers.of(launch);
      if (launcher.liveness(launch) instanceof Liveness.Unknown unknown) {
        throw new InputException(run.path(), "can't be stopped: " + unknown.reason());
      }
      // Else an orchestrator that restarts trainers would not know.
      run.checkWritable();
      OrchestratorLog.of(run).stopRequested(launch, "");
      boolean byItself = launcher.stop(launch, Duration.ofSeconds(grace));
      if (!byItself) {
        console.warning("killed after " + grace + " s; its work since the checkpoint is lost");
      }
      if (RunLock.holder(run) == null) {
        Supervisor.record(run, launcher, launch, launcher.liveness(launch));
      }
      RunView view = new RunView(run, launchers);
      console.result(run.name() + ": " + SupervisionOptions.describe(view.status()));
      console.document(view.document());
      return byItself ? ExitCode.DONE : ExitCode.SOME_FAILED;
    }
  }
}
