package org.vocalise.cli;

import org.vocalise.cli.batch.Console;
import org.vocalise.cli.batch.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that decide what a command prints. */
final class OutputOptions {
  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  @Option(names = "--json", description = "Print the result as JSON on standard output.")
  private boolean json;

  @Option(
      names = {"-q", "--quiet"},
      description = "Print warnings and errors only.")
  private boolean quiet;

  @Option(names = "--debug", description = "Show the stack traces of errors.")
  private boolean debug;

  /** The streams of the command, as the options want them. */
  Console console() {
    CommandLine commandLine = command.commandLine();
    return new Console(
        commandLine.getOut(), commandLine.getErr(), quiet, json, Terminal.onStandardError());
  }

  /** Whether errors show their stack traces. */
  boolean debug() {
    return debug;
  }
}
