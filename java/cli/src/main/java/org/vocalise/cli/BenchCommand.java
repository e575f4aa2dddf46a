package org.vocalise.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vocalise.cli.batch.Console;
import org.vocalise.cli.batch.ExitCode;
import org.vocalise.cli.batch.Inputs;
import org.vocalise.cli.batch.Item;
import org.vocalise.cli.batch.Platform;
import org.vocalise.cli.batch.UsageException;
import org.vocalise.cli.bench.BenchModel;
import org.vocalise.cli.bench.Clips;
import org.vocalise.cli.bench.CommandComparison;
import org.vocalise.cli.bench.GriffinLimComparison;
import org.vocalise.cli.bench.ModelCommands;
import org.vocalise.cli.bench.ModelComparison;
import org.vocalise.cli.bench.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vocalise bench}. */
@Command(
    name = "bench",
    subcommands = BenchScoreCommand.class,
    description = {
      "Measure speed, alone or beside programs in Python on the same processor cores.",
      "Sides take turns; every figure is the smallest, middle and largest of the repeats."
    },
    footer = {
      "",
      "Examples:",
      "  vocalise bench",
      "  vocalise bench recordings --peer-python venv/bin/python --repeats 7",
      "  vocalise bench --only long",
      "  vocalise bench --only models,vocode --peer-python python-train/.venv/bin/python",
      "  vocalise bench score --help"
    })
final class BenchCommand implements Callable<Integer> {
  private static final double BUSY = 0.5;

  /** What can be measured. */
  enum Subject {
    START,
    GRIFFIN_LIM,
    THREADS,
    MEL,
    LONG,
    MODELS,
    VOCODE,
    FIRST_SOUND,
    LONG_MODELS
  }

  private static final Set<Subject> OF_MODELS =
      EnumSet.of(Subject.MODELS, Subject.VOCODE, Subject.FIRST_SOUND, Subject.LONG_MODELS);

  @Parameters(
      arity = "0..*",
      paramLabel = "AUDIO",
      description = "Recordings, cut to ten seconds; default: a synthesised phrase.")
  private List<Path> recordings = List.of();

  @Option(
      names = "--peer-python",
      paramLabel = "FILE",
      description =
          "Python interpreter with librosa, torchaudio and soundfile; for models, with"
              + " vocalise_train.")
  private @Nullable Path python;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME",
      description =
          "What to measure: start, griffin-lim, threads, mel (these by default), long; models,"
              + " vocode, first-sound, long-models.")
  private Set<Subject> subjects =
      EnumSet.of(Subject.START, Subject.GRIFFIN_LIM, Subject.THREADS, Subject.MEL);

  @Option(
      names = "--model",
      split = ",",
      paramLabel = "NAME|FILE",
      description =
          "Models that are measured: ONNX files, or architectures, made with random weights;"
              + " default: all six.")
  private List<String> models = BenchModel.ARCHITECTURES;

  @Option(names = "--repeats", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}.")
  private int repeats = 5;

  @Option(
      names = "--long-seconds",
      paramLabel = "N",
      description = "Length of the long recording; default: ${DEFAULT-VALUE}, an hour.")
  private int longSeconds = 3600;

  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (repeats < 1 || longSeconds < 600) {
      throw new UsageException("--repeats must be at least 1, --long-seconds at least 600");
    }
    if (python != null && !Files.isExecutable(python)) {
      throw new UsageException("--peer-python " + python + " is no program: name an interpreter");
    }
    Console console = output.console();
    Path temporary = Files.createTempDirectory("vocalise-bench-");
    try {
      Report report = new Report(console::result);
      console.result(Platform.cpu() + ", Java " + Platform.java() + ", " + Platform.os());
      console.result("Each figure: smallest, middle and largest of " + repeats + " repeats.");
      double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
      if (load > BUSY) {
        console.warning("other programs are running (load " + load + "): figures will mislead");
      }
      measure(report, temporary);
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("schema", 1);
      document.put("cpu", Platform.cpu());
      document.put("java", Platform.java());
      document.put("load", load);
      document.put("figures", report.document());
      console.document(document);
    } finally {
      delete(temporary);
    }
    return ExitCode.DONE;
  }

  private void measure(Report report, Path temporary) throws IOException, InterruptedException {
    Clips clips =
        recordings.isEmpty()
            ? Clips.synthetic(4, temporary.resolve("clips"))
            : Clips.of(files(), temporary.resolve("clips"));
    GriffinLimComparison griffinLim = new GriffinLimComparison(clips, repeats, report);
    CommandComparison commands = new CommandComparison(temporary, repeats, report);
    if (subjects.contains(Subject.START)) {
      commands.start();
    }
    if (subjects.contains(Subject.GRIFFIN_LIM)) {
      griffinLim.onOneCore(python, temporary);
    }
    if (subjects.contains(Subject.THREADS)) {
      griffinLim.onTwoThreads();
    }
    if (subjects.contains(Subject.MEL)) {
      commands.mel(clips.folder(), clips.files().size(), python);
    }
    if (subjects.contains(Subject.LONG)) {
      commands.hour(clips.files().get(0), longSeconds);
    }
    if (!Collections.disjoint(subjects, OF_MODELS)) {
      measureModels(clips, report, temporary);
    }
  }

  private void measureModels(Clips clips, Report report, Path temporary)
      throws IOException, InterruptedException {
    List<BenchModel> measured;
    try {
      measured = BenchModel.of(models, python, temporary);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--model: " + e.getMessage());
    }
    List<Path> mels = clips.mels(temporary.resolve("clip-mels"));
    ModelCommands commands = new ModelCommands(temporary, repeats, report);
    if (subjects.contains(Subject.MODELS)) {
      new ModelComparison(mels, repeats, report, python, temporary).measure(measured);
    }
    if (subjects.contains(Subject.VOCODE)) {
      commands.measure(BenchModel.named("hifigan-v2", measured), mels, python);
    }
    if (subjects.contains(Subject.FIRST_SOUND)) {
      commands.firstSound(BenchModel.named("hifigan-v2", measured), clips.files().get(0));
    }
    if (subjects.contains(Subject.LONG_MODELS)) {
      commands.hour(measured, clips.files().get(0), longSeconds);
    }
  }

  private List<Path> files() throws IOException {
    return Inputs.collect(recordings, FileKinds.AUDIO, null).items().stream()
        .map(Item::file)
        .toList();
  }

  /** Deletes a folder of temporary files. */
  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
