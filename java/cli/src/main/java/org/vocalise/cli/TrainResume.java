package org.vocalise.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.vocalise.cli.batch.Console;
import org.vocalise.cli.batch.UsageException;
import org.vocalise.dsp.io.InputException;
import org.vocalise.training.launch.Launch;
import org.vocalise.training.launch.Launcher;
import org.vocalise.training.launch.Launchers;
import org.vocalise.training.launch.TrainingRequest;
import org.vocalise.training.run.RunDirectory;
import org.vocalise.training.supervise.RunStart;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vocalise train resume}. */
@Command(
    name = "resume",
    description =
        "Go on with a run that was stopped, failed or was lost, from its last checkpoint.",
    footer = {
      "",
      "Examples:",
      "  vocalise train resume first --memory 8g",
      "  vocalise train resume first --launcher docker"
    })
final class TrainResume implements Callable<Integer> {
  @Parameters(paramLabel = "RUN", description = "Name of the run.")
  private String name = "";

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = {
        "Change a setting; the trainer refuses those that would make other weights.",
        "May be repeated."
      })
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--launcher",
      paramLabel = "NAME",
      description = "Where it runs from now on: ${COMPLETION-CANDIDATES}; default: as before.")
  private @Nullable LauncherName launcherName;

  @Mixin private final RunOptions runOptions = new RunOptions();
  @Mixin private final ResourceOptions resources = new ResourceOptions();
  @Mixin private final SupervisionOptions supervision = new SupervisionOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Console console = output.console();
    RunDirectory run = runOptions.find(name);
    Launch launch = Launch.read(run);
    if (launch == null) {
      throw new InputException(
          run.path(),
          "was not started by 'vocalise train start'; started by Compose, it goes on with"
              + " TRAIN_ARGS=--resume in .env");
    }
    TrainingRequest before = launch.request();
    RunStart.checkData(before.dataFolder());
    supervision.check();
    List<String> all = new ArrayList<>(before.settings());
    all.addAll(settings);
    TrainingRequest request;
    try {
      request =
          new TrainingRequest(
              before.preset(), before.data(), all, resources.resources(before.resources()));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
    try (Launchers launchers = runOptions.launchers()) {
      Launcher launcher =
          launcherName == null
              ? launchers.of(launch)
              : launchers.of(launch, Choice.name(launcherName));
      launcher.prepare(console::note);
      supervision.start(run, launcher, launchers, request, console);
      console.document(Map.of("schema", 1, "name", run.name(), "folder", run.path().toString()));
      console.result(run.name() + ": trains again in " + run.path());
      return supervision.stay(run, launchers, console);
    }
  }
}
