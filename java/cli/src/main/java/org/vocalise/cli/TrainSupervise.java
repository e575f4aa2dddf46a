package org.vocalise.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.vocalise.training.launch.Launchers;
import org.vocalise.training.run.RunDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code vocalise train supervise}. */
@Command(
    name = "supervise",
    description = {
      "Look after a run until it ends: validate its snapshots, record how it ends, clear its",
      "container away, restart it.",
      "One process can do so at a time; this takes over from one that is gone."
    },
    footer = {"", "Example:", "  vocalise train supervise first --restarts 3"})
final class TrainSupervise implements Callable<Integer> {
  @Parameters(paramLabel = "RUN", description = "Name of the run.")
  private String name = "";

  @Mixin private final RunOptions runOptions = new RunOptions();
  @Mixin private final SupervisionOptions supervision = new SupervisionOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    RunDirectory run = runOptions.find(name);
    supervision.check();
    try (Launchers launchers = runOptions.launchers()) {
      return supervision.supervise(run, launchers, output.console());
    }
  }
}
