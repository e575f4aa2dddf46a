package org.vocalise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.vocalise.cli.batch.Console;
import org.vocalise.cli.batch.ExitCode;
import org.vocalise.training.run.RunDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vocalise train samples}. */
@Command(
    name = "samples",
    description = "List the sounds and pictures that a run made at its validations.",
    footer = {"", "Example:", "  vocalise train samples first --last"})
final class TrainSamples implements Callable<Integer> {
  private static final String PREFIX = "step-";

  @Parameters(paramLabel = "RUN", description = "Name of the run.")
  private String name = "";

  @Option(names = "--last", description = "Only those of the last validation.")
  private boolean last;

  @Mixin private final RunOptions runOptions = new RunOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    Console console = output.console();
    RunDirectory run = runOptions.find(name);
    List<Long> steps = steps(run.samples());
    List<Map<String, Object>> entries = new ArrayList<>();
    for (long step :
        last && !steps.isEmpty() ? steps.subList(steps.size() - 1, steps.size()) : steps) {
      Path folder = run.samples().resolve(PREFIX + step);
      List<String> files = new ArrayList<>();
      try (Stream<Path> found = Files.list(folder)) {
        found.filter(Files::isRegularFile).sorted().forEach(file -> files.add(file.toString()));
      }
      files.forEach(console::result);
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("step", step);
      entry.put("files", files);
      entries.add(entry);
    }
    if (steps.isEmpty()) {
      console.note(run.name() + ": no validation yet");
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("schema", 1);
    document.put("samples", entries);
    console.document(document);
    return ExitCode.DONE;
  }

  private static List<Long> steps(Path folder) throws IOException {
    try (Stream<Path> folders = Files.list(folder)) {
      return folders
          .map(path -> String.valueOf(path.getFileName()))
          .filter(text -> text.matches(PREFIX + "\\d{1,15}"))
          .map(text -> Long.parseLong(text.substring(PREFIX.length())))
          .sorted(Comparator.naturalOrder())
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }
}
