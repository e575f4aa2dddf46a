package org.vocalise.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vocalise.cli.batch.Console;
import org.vocalise.training.launch.Launchers;
import org.vocalise.training.run.RunDirectory;
import org.vocalise.training.status.RunView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code vocalise train list}. */
@Command(
    name = "list",
    description = "List all runs: state, steps, what was trained.",
    footer = {"", "Example:", "  vocalise train list --json"})
final class TrainList implements java.util.concurrent.Callable<Integer> {
  @Mixin private final RunOptions runOptions = new RunOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    Console console = output.console();
    List<Map<String, Object>> entries = new ArrayList<>();
    List<RunDirectory> runs = runOptions.runs().all();
    int code = org.vocalise.cli.batch.ExitCode.DONE;
    try (Launchers launchers = runOptions.launchers()) {
      for (RunDirectory run : runs) {
        try {
          RunView view = new RunView(run, launchers);
          Map<String, Object> document = view.document();
          document.remove("schema");
          document.remove("last_lines");
          entries.add(document);
          console.result(
              "%s: %s, step %d%s%s"
                  .formatted(
                      run.name(),
                      document.get("state"),
                      view.history().step(),
                      document.get("steps") == null ? "" : " of " + document.get("steps"),
                      document.get("preset") == null ? "" : ", " + document.get("preset")));
        } catch (IOException e) {
          console.error(String.valueOf(e.getMessage()));
          code = org.vocalise.cli.batch.ExitCode.SOME_FAILED;
        }
      }
    }
    if (runs.isEmpty()) {
      console.note("no runs in " + runOptions.runs().folder());
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("schema", 1);
    document.put("runs", entries);
    console.document(document);
    return code;
  }
}
