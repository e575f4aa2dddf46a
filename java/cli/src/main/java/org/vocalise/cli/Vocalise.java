package org.vocalise.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.vocalise.cli.batch.ExitCode;
import org.vocalise.cli.batch.Platform;
import picocli.CommandLine;
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
  /** The commands by their names, in the order of the help. */
  private static final Map<String, Class<?>> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("mel", MelCommand.class);
    COMMANDS.put("f0", F0Command.class);
    COMMANDS.put("vocode", VocodeCommand.class);
    COMMANDS.put("score", ScoreCommand.class);
    COMMANDS.put("compare", CompareCommand.class);
    COMMANDS.put("submit", SubmitCommand.class);
    COMMANDS.put("models", ModelsCommand.class);
    COMMANDS.put("plot", PlotCommand.class);
    COMMANDS.put("demo", DemoCommand.class);
    COMMANDS.put("doctor", DoctorCommand.class);
    COMMANDS.put("train", TrainCommand.class);
    COMMANDS.put("bss-eval", BssEvalCommand.class);
    COMMANDS.put("bench", BenchCommand.class);
    COMMANDS.put("completion", CompletionCommand.class);
  }

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  /**
   * The command line with the commands that arguments may need: one that they name, else all. To
   * build all of them takes more than half of the time of a start.
   */
  static CommandLine commandLine(String... args) {
    CommandLine commandLine = new CommandLine(new Vocalise());
    String first = args.length == 0 ? "" : args[0];
    Class<?> named = COMMANDS.get(first);
    if (named == null || named == CompletionCommand.class) {
      COMMANDS.forEach(commandLine::addSubcommand);
    } else {
      commandLine.addSubcommand(first, named);
    }
    return commandLine;
  }

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
