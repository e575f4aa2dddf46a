package org.vocalise.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.vocalise.cli.batch.Console;
import org.vocalise.cli.batch.ExitCode;
import org.vocalise.training.launch.Launchers;
import org.vocalise.training.run.RunDirectory;
import org.vocalise.training.run.RunState;
import org.vocalise.training.status.RunView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code vocalise train watch}. */
@Command(
    name = "watch",
    description = {
      "Show a run as it goes, until it ends; Ctrl-C ends the showing, not the run.",
      "--json prints its events, an object a line. Any number may watch."
    },
    footer = {"", "Example:", "  vocalise train watch first"})
final class TrainWatch implements Callable<Integer> {
  private static final Duration GLANCE = Duration.ofSeconds(1);

  @Parameters(paramLabel = "RUN", description = "Name of the run.")
  private String name = "";

  @Mixin private final RunOptions runOptions = new RunOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    Console console = output.console();
    RunDirectory run = runOptions.find(name);
    try {
      show(run, console);
      return ExitCode.DONE;
    } catch (InterruptedException e) {
      console.clearStatus();
      console.note(run.name() + ": no longer shown, and goes on");
      return ExitCode.INTERRUPTED;
    }
  }

  private void show(RunDirectory run, Console console) throws IOException, InterruptedException {
    try (Launchers launchers = runOptions.launchers()) {
      WatchLines lines = new WatchLines(console);
      RunView view =
          new RunView(
              run, launchers, line -> console.object(new String(line, StandardCharsets.UTF_8)));
      while (true) {
        lines.show(view);
        RunState state = view.status().state();
        if (state != RunState.RUNNING && state != RunState.STALLED) {
          break;
        }
        Thread.sleep(GLANCE.toMillis());
        view.refresh();
      }
      console.clearStatus();
      if (console.terminal()) {
        lines.picture(view).forEach(console::result);
      } else {
        console.result(run.name() + ": " + SupervisionOptions.describe(view.status()));
      }
    }
  }
}
