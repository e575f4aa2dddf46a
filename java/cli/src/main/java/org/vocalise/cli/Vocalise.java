package org.vocalise.cli;

import java.util.concurrent.Callable;
import org.vocalise.cli.batch.ExitCode;
import org.vocalise.cli.batch.Platform;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command {@code vocalise} itself, which only groups the others. */
@Command(
    name = "vocalise",
    description = "A mel vocoder for singing.",
    footer = {
      "",
      "Examples:",
      "  vocalise demo",
      "  vocalise mel song.wav -o song.npy",
      "  vocalise vocode --help"
    },
    scope = ScopeType.INHERIT,
    mixinStandardHelpOptions = true,
    versionProvider = Vocalise.Version.class,
    sortOptions = false,
    subcommands = {
      MelCommand.class,
      F0Command.class,
      VocodeCommand.class,
      ScoreCommand.class,
      CompareCommand.class,
      SubmitCommand.class,
      ModelsCommand.class,
      PlotCommand.class,
      DemoCommand.class,
      DoctorCommand.class,
      TrainCommand.class,
      BssEvalCommand.class,
      BenchCommand.class,
      CompletionCommand.class,
    },
    abbreviateSynopsis = true,
    exitCodeOnInvalidInput = ExitCode.USAGE,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:internal error",
      "2:wrong usage",
      "3:finished, some files failed or could not be written",
      "4:input unreadable or refused",
      "5:--verify found differences",
      "130:interrupted"
    })
final class Vocalise implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  /** Without a command there is nothing to do: help, as an error. */
  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return ExitCode.USAGE;
  }

  /** Version of the program and of Java. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"vocalise " + Platform.vocalise(), "Java " + Platform.java()};
    }
  }
}
