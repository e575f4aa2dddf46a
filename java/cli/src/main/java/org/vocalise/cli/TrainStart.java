package org.vocalise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.vocalise.cli.batch.Console;
import org.vocalise.cli.batch.UsageException;
import org.vocalise.dsp.io.InputException;
import org.vocalise.training.launch.InitialCheckpoint;
import org.vocalise.training.launch.Launcher;
import org.vocalise.training.launch.Launchers;
import org.vocalise.training.launch.Presets;
import org.vocalise.training.launch.Resources;
import org.vocalise.training.launch.TrainingRequest;
import org.vocalise.training.run.RunDirectory;
import org.vocalise.training.run.RunName;
import org.vocalise.training.run.Runs;
import org.vocalise.training.supervise.RunStart;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vocalise train start}. */
@Command(
    name = "start",
    description = {
      "Start a training run, which goes on when this command ends.",
      "Everything about it is in its folder, runs/NAME."
    },
    footer = {
      "",
      "Examples:",
      "  vocalise train start --preset small --data recordings --name first",
      "  vocalise train start --preset small --data recordings --name second --launcher docker"
    })
final class TrainStart implements Callable<Integer> {
  @Option(
      names = "--preset",
      required = true,
      paramLabel = "NAME|FILE",
      description = "What to train: a preset's name, or a YAML file.")
  private String preset = "";

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Folder of recordings, WAV or FLAC, in any layout.")
  private Path data = Path.of("");

  @Option(names = "--name", required = true, paramLabel = "RUN", description = "Name of the run.")
  private String name = "";

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Change a setting of the preset, like steps=2000; may be repeated.")
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--launcher",
      paramLabel = "NAME",
      description = "Where it runs: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.",
      defaultValue = "local")
  private LauncherName launcher = LauncherName.LOCAL;

  @Mixin private final RunOptions runOptions = new RunOptions();
  @Mixin private final ResourceOptions resources = new ResourceOptions();
  @Mixin private final SupervisionOptions supervision = new SupervisionOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Console console = output.console();
    RunName runName = RunOptions.name(name);
    RunStart.checkData(data);
    TrainingRequest request = request();
    new Presets(runOptions.trainer()).check(request);
    supervision.check();
    try (Launchers launchers = runOptions.launchers()) {
      Launcher chosen = launchers.named(Choice.name(launcher));
      RunDirectory run = runOptions.runs().create(runName);
      boolean started = false;
      try {
        chosen.prepare(console::note);
        started = supervision.start(run, chosen, launchers, request, console);
      } finally {
        if (!started && !run.begun() && !SupervisionOptions.alive(run, launchers)) {
          // Refused by the trainer or before it: the name is free again.
          Runs.delete(run);
        }
      }
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("schema", 1);
      document.put("name", run.name());
      document.put("folder", run.path().toString());
      console.document(document);
      console.result(run.name() + ": trains in " + run.path());
      return supervision.stay(run, launchers, console);
    }
  }

  private TrainingRequest request() throws IOException {
    String chosen = preset;
    if (preset.endsWith(".yaml") || preset.endsWith(".yml")) {
      if (!Files.isRegularFile(Path.of(preset))) {
        throw new InputException(Path.of(preset), "no such file; check the path");
      }
      chosen = Path.of(preset).toRealPath().toString();
    }
    try {
      return new TrainingRequest(
          chosen,
          data.toRealPath().toString(),
          InitialCheckpoint.located(settings),
          resources.resources(Resources.DEFAULT));
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}
