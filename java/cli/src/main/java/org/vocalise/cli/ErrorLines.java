package org.vocalise.cli;

import java.io.PrintWriter;
import java.util.List;
import org.vocalise.cli.batch.Console;
import org.vocalise.cli.batch.Failure;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** How a command that can't start, or ends with an exception, tells it: one line, an exit code. */
final class ErrorLines {
  private ErrorLines() {}

  /** Reports arguments that don't parse. */
  static int wrongUsage(ParameterException fault, String[] args) {
    CommandLine command = fault.getCommandLine();
    String message = fault.getMessage();
    if (fault instanceof UnmatchedArgumentException unmatched) {
      List<String> suggestions = unmatched.getSuggestions();
      if (!suggestions.isEmpty()) {
        message += "; did you mean " + String.join(" or ", suggestions) + "?";
      }
    }
    String help = command.getCommandSpec().qualifiedName() + " --help";
    print(command.getErr(), message + " (" + help + " explains)");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  /** Reports an exception of a command. */
  static int failed(Exception fault, CommandLine command, ParseResult parsed) {
    Failure failure = Failure.of(fault);
    print(command.getErr(), failure.message());
    ParseResult innermost = parsed;
    while (innermost.hasSubcommand()) {
      innermost = innermost.subcommand();
    }
    if (innermost.hasMatchedOption("--debug")) {
      fault.printStackTrace(command.getErr());
    }
    command.getErr().flush();
    return failure.exitCode();
  }

  private static void print(PrintWriter err, String message) {
    err.println("error: " + Console.oneLine(message.replace(System.lineSeparator(), " ")));
    err.flush();
  }
}
