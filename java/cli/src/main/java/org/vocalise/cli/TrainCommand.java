package org.vocalise.cli;

import java.util.concurrent.Callable;
import org.vocalise.cli.batch.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code vocalise train}: training runs. */
@Command(
    name = "train",
    description = "Start, watch, stop and resume training runs, and bring their models home.",
    footer = {
      "",
      "Examples:",
      "  vocalise train start --preset small --data recordings --name first",
      "  vocalise train watch first",
      "  vocalise train resume first"
    },
    subcommands = {
      TrainStart.class,
      TrainResume.class,
      TrainSupervise.class,
      TrainList.class,
      TrainStatus.class,
      TrainWatch.class,
      TrainLogs.class,
      TrainSamples.class,
      TrainValidate.class,
      TrainStop.class,
      TrainExport.class,
      TrainManifest.class,
      TrainRemove.class,
    })
final class TrainCommand implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }
}
