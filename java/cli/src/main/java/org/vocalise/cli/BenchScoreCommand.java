package org.vocalise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.vocalise.cli.batch.Console;
import org.vocalise.cli.batch.ExitCode;
import org.vocalise.cli.batch.Inputs;
import org.vocalise.cli.batch.Item;
import org.vocalise.cli.batch.Platform;
import org.vocalise.cli.batch.UsageException;
import org.vocalise.cli.bench.ClipPairs;
import org.vocalise.cli.bench.Report;
import org.vocalise.cli.bench.ScoreComparison;
import org.vocalise.inference.ModelStore;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vocalise bench score}. */
@Command(
    name = "score",
    description = {
      "Measure the speed of scoring, alone or beside auraloss, torchcrepe and torchvggish's network in"
          + " PyTorch on the same cores.",
      "Sides take turns; every figure is the smallest, middle and largest of the repeats."
    },
    footer = {
      "",
      "Examples:",
      "  vocalise bench score",
      "  vocalise bench score recordings --peer-python venv/bin/python --tracker crepe-tiny",
      "  vocalise bench score --vggish vggish --peer-python venv/bin/python"
    })
final class BenchScoreCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "AUDIO",
      description = "Recordings, cut to the length; default: a synthesised phrase.")
  private List<Path> recordings = List.of();

  @Option(
      names = "--peer-python",
      paramLabel = "FILE",
      description =
          "Python interpreter with auraloss and soundfile, for CREPE with torchcrepe, for"
              + " VGGish with torchaudio.")
  private @Nullable Path python;

  @Option(
      names = "--tracker",
      paramLabel = "NAME",
      description = "A CREPE model to be measured too, crepe-tiny or crepe-full.")
  private @Nullable String tracker;

  @Option(
      names = "--vggish",
      paramLabel = "MODEL",
      description = "VGGish to be measured too, an ONNX file or the name of a model.")
  private @Nullable String vggish;

  @Option(names = "--pairs", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
  private int pairs = 30;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "Length of each file; default: ${DEFAULT-VALUE}.")
  private int seconds = 14;

  @Option(names = "--repeats", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
  private int repeats = 5;

  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (repeats < 1 || pairs < 1 || seconds < 1) {
      throw new UsageException("--repeats, --pairs and --seconds must be at least 1");
    }
    if (python != null && !Files.isExecutable(python)) {
      throw new UsageException("--peer-python " + python + " is no program: name an interpreter");
    }
    ModelStore models = ModelStore.standard();
    Path model = tracker == null ? null : models.find(tracker);
    Path network = vggish == null ? null : models.find(vggish);
    Console console = output.console();
    Path temporary = Files.createTempDirectory("vocalise-bench-");
    try {
      Report report = new Report(console::result);
      console.result(Platform.cpu() + ", Java " + Platform.java() + ", " + Platform.os());
      console.result("Each figure: smallest, middle and largest of " + repeats + " repeats.");
      ClipPairs clips = ClipPairs.of(files(), pairs, seconds, temporary);
      ScoreComparison comparison = new ScoreComparison(clips, repeats, report, python, temporary);
      comparison.wholeCommand();
      comparison.steadyState();
      comparison.rememberedReferences("yin");
      if (tracker != null && model != null) {
        comparison.rememberedReferences(tracker);
        comparison.crepe(model, tracker.substring(tracker.indexOf('-') + 1));
      }
      if (network != null) {
        comparison.vggish(network);
      }
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("schema", 1);
      document.put("cpu", Platform.cpu());
      document.put("java", Platform.java());
      document.put("figures", report.document());
      console.document(document);
    } finally {
      BenchCommand.delete(temporary);
    }
    return ExitCode.DONE;
  }

  private List<Path> files() throws IOException {
    return recordings.isEmpty()
        ? List.of()
        : Inputs.collect(recordings, FileKinds.AUDIO, null).items().stream()
            .map(Item::file)
            .toList();
  }
}
