package org.vocalise.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.vocalise.cli.batch.Console;
import org.vocalise.cli.batch.ExitCode;
import org.vocalise.cli.batch.UsageException;
import org.vocalise.dsp.io.InputException;
import org.vocalise.training.launch.InitialCheckpoint;
import org.vocalise.training.launch.Launch;
import org.vocalise.training.launch.Launcher;
import org.vocalise.training.launch.Launchers;
import org.vocalise.training.launch.TrainingRequest;
import org.vocalise.training.run.RunDirectory;
import org.vocalise.training.run.RunState;
import org.vocalise.training.status.RunView;
import org.vocalise.training.supervise.RunStart;
import org.vocalise.training.validate.ValidationClips;
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
    Launch launch =
        Launch.required(run, "started by Compose, it goes on with TRAIN_ARGS=--resume in .env");
    TrainingRequest before = launch.request();
    supervision.check();
    List<String> all = new ArrayList<>(before.settings());
    all.addAll(InitialCheckpoint.located(settings));
    TrainingRequest request;
    try {
      request =
          new TrainingRequest(
              before.preset(), before.data(), all, resources.resources(before.resources()));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
    try (Launchers launchers = runOptions.launchers()) {
      boolean finished = new RunView(run, launchers).status().state() == RunState.FINISHED;
      if (finished && ValidationClips.hash(run) != null) {
        return finished(run, console);
      }
      RunStart.checkData(before.dataFolder());
      Launcher launcher =
          launcherName == null
              ? launchers.of(launch)
              : launchers.of(launch, Choice.name(launcherName));
      launcher.prepare(console::note);
      supervision.start(run, launcher, launchers, request, console);
      document(run, true, console);
      String does = finished ? ": finished; what is missing is written in " : ": trains again in ";
      console.result(run.name() + does + run.path());
      return supervision.stay(run, launchers, console);
    }
  }

  /** All steps are done and the clips are there: nothing is started. */
  private int finished(RunDirectory run, Console console) throws InputException {
    String longer = "a longer run is a new one, 'vocalise train start' with a larger --set steps=N";
    if (!settings.isEmpty()) {
      throw new InputException(
          run.path(), "is finished, --set " + settings.get(0) + " changes nothing; " + longer);
    }
    document(run, false, console);
    console.result(
        run.name()
            + ": finished, nothing is left to train; 'vocalise train export "
            + run.name()
            + " -o FILE' writes its model; "
            + longer);
    return ExitCode.DONE;
  }

  private static void document(RunDirectory run, boolean resumed, Console console) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("schema", 1);
    document.put("name", run.name());
    document.put("folder", run.path().toString());
    document.put("resumed", resumed);
    console.document(document);
  }
}
