package org.vocalise.cli;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.vocalise.cli.batch.Console;
import org.vocalise.cli.batch.ExitCode;
import org.vocalise.cli.batch.UsageException;
import org.vocalise.eval.result.ScoresJson;
import org.vocalise.training.launch.Launch;
import org.vocalise.training.launch.Launcher;
import org.vocalise.training.launch.Launchers;
import org.vocalise.training.run.RunDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vocalise train logs}. */
@Command(
    name = "logs",
    description = {
      "Print what a run's trainer printed.",
      "--json prints a document, with --follow an object a line."
    },
    footer = {"", "Example:", "  vocalise train logs first --follow"})
final class TrainLogs implements Callable<Integer> {
  @Parameters(paramLabel = "RUN", description = "Name of the run.")
  private String name = "";

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "N",
      description = "The last N lines; default: ${DEFAULT-VALUE}.",
      defaultValue = "100")
  private int lines;

  @Option(
      names = {"-f", "--follow"},
      description = "Print all, and go on until the trainer ends.")
  private boolean follow;

  @Mixin private final RunOptions runOptions = new RunOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (lines < 0) {
      throw new UsageException("--lines is " + lines + ", a negative number");
    }
    Console console = output.console();
    RunDirectory run = runOptions.find(name);
    Launch launch =
        Launch.required(run, "'docker compose logs train' has what Compose's trainer printed");
    try (Launchers launchers = runOptions.launchers()) {
      Launcher launcher = launchers.of(launch);
      if (follow) {
        launcher.follow(
            run,
            launch,
            line -> {
              console.result(line);
              console.object(ScoresJson.line(Map.of("line", line)));
            });
      } else {
        List<String> last = launcher.lastLines(run, launch, lines);
        last.forEach(console::result);
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("schema", 1);
        document.put("lines", last);
        console.document(document);
      }
    }
    return ExitCode.DONE;
  }
}
