package org.vocalise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class HelpTest {
  @Test
  void everyCommandExplainsItselfWithAnExample() {
    CommandLine vocalise =
        Main.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));
    for (String command : vocalise.getSubcommands().keySet()) {
      assertEquals(command, vocalise.getSubcommands().get(command).getCommandName());
      CommandResult help = CommandResult.of(command, "--help");
      assertEquals(0, help.exitCode());
      assertEquals("", help.err());
      assertTrue(help.out().contains("Example"), command);
      assertTrue(help.out().contains("vocalise " + command), command);
      assertTrue(help.out().contains("Exit codes:"), command);
    }
    assertTrue(CommandResult.of("--help").out().contains("vocalise demo"));
  }

  @Test
  void withoutACommandThereIsHelpAsAnError() {
    CommandResult result = CommandResult.of();
    assertEquals(2, result.exitCode());
    assertEquals("", result.out());
    assertTrue(result.err().contains("Commands:"));
  }

  @Test
  void versionNamesTheProgramAndJava() {
    CommandResult result = CommandResult.of("--version");
    assertEquals(0, result.exitCode());
    assertTrue(result.out().startsWith("vocalise "));
    assertTrue(result.out().contains(System.getProperty("java.version")));
    assertEquals(result, CommandResult.of("mel", "--version"));
  }

  @Test
  void slipsOfThePenAreGuessed() {
    assertTrue(CommandResult.of("vocde").err().contains("did you mean vocode"));
    assertTrue(CommandResult.of("mel", "a", "-o", "b", "--preest", "x").err().contains("--preset"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"bash", "zsh"})
  void completionPrintsAScriptWithAllCommands(String shell) {
    CommandResult result = CommandResult.of("completion", shell);
    assertEquals(0, result.exitCode());
    for (String word : new String[] {"complete", "vocode", "--mel-scale", "--resampler"}) {
      assertTrue(result.out().contains(word), word);
    }
  }

  @Test
  void completionOfAnotherShellIsRefused() {
    CommandResult result = CommandResult.of("completion", "fish");
    assertEquals(2, result.exitCode());
    assertEquals(1, result.errorLines().size(), result.err());
    assertTrue(result.err().contains("bash, zsh"), result.err());
  }
}
