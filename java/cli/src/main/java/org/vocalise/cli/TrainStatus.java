package org.vocalise.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.vocalise.cli.batch.Console;
import org.vocalise.cli.batch.ExitCode;
import org.vocalise.training.launch.Launchers;
import org.vocalise.training.run.Event;
import org.vocalise.training.run.RunDirectory;
import org.vocalise.training.run.RunHistory;
import org.vocalise.training.run.RunLock;
import org.vocalise.training.status.RunStatus;
import org.vocalise.training.status.RunView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code vocalise train status}. */
@Command(
    name = "status",
    description = {
      "Say what a run is doing. The first word is one of running, finished, stopped, failed,",
      "stalled (no event for five times the usual interval) and lost (gone without a word)."
    },
    footer = {"", "Example:", "  vocalise train status first --json"})
final class TrainStatus implements Callable<Integer> {
  private static final long FEW = 3;

  @Parameters(paramLabel = "RUN", description = "Name of the run.")
  private String name = "";

  @Mixin private final RunOptions runOptions = new RunOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    Console console = output.console();
    RunDirectory run = runOptions.find(name);
    try (Launchers launchers = runOptions.launchers()) {
      RunView view = new RunView(run, launchers);
      print(console, run, view);
      console.document(view.document());
    }
    return ExitCode.DONE;
  }

  private static void print(Console console, RunDirectory run, RunView view) throws IOException {
    RunStatus status = view.status();
    RunHistory history = view.history();
    console.result(SupervisionOptions.describe(status));
    Event.Start start = history.lastStart();
    String of = start == null || start.steps().isEmpty() ? "" : " of " + start.steps().getAsLong();
    console.result("step: " + history.step() + of);
    Event.Train newest = history.newest();
    if (newest != null) {
      newest.values().forEach((key, value) -> console.result(key + ": " + number(key, value)));
    }
    Event.Checkpoint checkpoint = history.checkpoint();
    if (checkpoint != null) {
      console.result("checkpoint: step " + checkpoint.step());
    }
    String best = WatchLines.best(view);
    if (!best.isEmpty()) {
      console.result(best);
    }
    if (history.resumes() > 0) {
      console.result("resumed: " + history.resumes() + " times");
    }
    long before = history.warningCount() - Math.min(FEW, history.warnings().size());
    if (before > 0) {
      console.result(
          "warning: %d more before these; 'vocalise train logs %s' has all"
              .formatted(before, run.name()));
    }
    for (Event.Warning warning : history.warnings().stream().skip(lastFew(history)).toList()) {
      console.result("warning: step " + warning.step() + ": " + warning.message());
    }
    view.validationWarnings().forEach(warning -> console.result("warning: " + warning));
    String holder = RunLock.holder(run);
    console.result("orchestrator: " + (holder == null ? "none" : holder));
    for (String line : status.lastLines()) {
      console.result("log: " + line);
    }
  }

  private static long lastFew(RunHistory history) {
    return Math.max(0, history.warnings().size() - FEW);
  }

  /** A value as a person reads it. */
  static String number(String key, double value) {
    if (key.equals("eta_seconds")) {
      return duration(Duration.ofSeconds((long) value));
    }
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.5g", value);
  }

  /** Days to seconds, the two largest that there are. */
  static String duration(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds >= 86_400) {
      return "%d d %d h".formatted(seconds / 86_400, seconds % 86_400 / 3600);
    }
    if (seconds >= 3600) {
      return "%d h %d min".formatted(seconds / 3600, seconds % 3600 / 60);
    }
    return seconds >= 60 ? "%d min %d s".formatted(seconds / 60, seconds % 60) : seconds + " s";
  }
}
