package org.vocalise.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vocalise completion}. */
@Command(
    name = "completion",
    description = "Print a script that completes commands and options on the Tab key.",
    footer = {"", "Example:", "  source <(vocalise completion bash)"})
final class CompletionCommand implements Runnable {
  /** Shells that understand the script. */
  enum Shell {
    BASH,
    ZSH;

    @Override
    public String toString() {
      return Choice.name(this);
    }
  }

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  // One script serves both: it switches zsh to bash's way of completing.
  @Parameters(paramLabel = "bash|zsh", description = "The shell.")
  @SuppressWarnings({"NullAway.Init", "UnusedVariable"})
  private Shell shell;

  @Override
  public void run() {
    CommandLine vocalise = spec.parent().commandLine();
    spec.commandLine().getOut().print(AutoComplete.bash("vocalise", vocalise));
    spec.commandLine().getOut().flush();
  }
}
