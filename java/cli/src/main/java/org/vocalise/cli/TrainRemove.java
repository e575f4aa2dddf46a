package org.vocalise.cli;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.vocalise.cli.batch.Console;
import org.vocalise.cli.batch.ExitCode;
import org.vocalise.dsp.io.FileFaults;
import org.vocalise.dsp.io.InputException;
import org.vocalise.training.launch.Launch;
import org.vocalise.training.launch.Launcher;
import org.vocalise.training.launch.Launchers;
import org.vocalise.training.launch.Liveness;
import org.vocalise.training.run.RunDirectory;
import org.vocalise.training.run.RunLock;
import org.vocalise.training.run.Runs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code vocalise train rm}. */
@Command(
    name = "rm",
    description =
        "Delete a run that does not run: its folder with all checkpoints, and its container.",
    footer = {"", "Example:", "  vocalise train rm first"})
final class TrainRemove implements Callable<Integer> {
  @Parameters(paramLabel = "RUN", description = "Name of the run.")
  private String name = "";

  @Mixin private final RunOptions runOptions = new RunOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    Console console = output.console();
    RunDirectory run = runOptions.find(name);
    try (Launchers launchers = runOptions.launchers()) {
      Launch launch = Launch.read(run);
      if (launch != null) {
        Launcher launcher = launchers.of(launch);
        Liveness liveness = launcher.liveness(launch);
        if (liveness instanceof Liveness.Alive) {
          throw new InputException(
              run.path(), "its trainer runs; first 'vocalise train stop " + run.name() + "'");
        }
        if (liveness instanceof Liveness.Unknown unknown) {
          throw new InputException(run.path(), "can't be deleted: " + unknown.reason());
        }
      }
      delete(run);
      if (launch != null) {
        launchers.of(launch).clear(run, launch);
      }
    }
    console.result(run.name() + ": deleted");
    console.document(Map.of("schema", 1, "name", run.name(), "deleted", run.path().toString()));
    return ExitCode.DONE;
  }

  private static void delete(RunDirectory run) throws IOException {
    try {
      RunLock.take(run).close();
      Runs.delete(run);
    } catch (FileSystemException e) {
      String why = "can't be deleted, " + FileFaults.describe(e) + ": mend that, then try again";
      throw (InputException) new InputException(run.path(), why).initCause(e);
    }
  }
}
