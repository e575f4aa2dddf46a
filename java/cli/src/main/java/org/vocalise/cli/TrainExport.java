package org.vocalise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vocalise.cli.batch.Console;
import org.vocalise.cli.batch.ExitCode;
import org.vocalise.dsp.io.AtomicFile;
import org.vocalise.dsp.io.InputException;
import org.vocalise.inference.ModelMetadata;
import org.vocalise.inference.OnnxVocoder;
import org.vocalise.training.launch.Launch;
import org.vocalise.training.launch.Launcher;
import org.vocalise.training.launch.Launchers;
import org.vocalise.training.run.RunDirectory;
import org.vocalise.training.validate.Validation;
import org.vocalise.training.validate.Validator;
import org.vocalise.training.validate.VerifiedModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vocalise train export}. */
@Command(
    name = "export",
    description = {
      "Write a run's model to an ONNX file, checked: its weights are those its metadata say, and",
      "it runs. It is the best one by validation; before there is any, the one with the trainer's",
      "lowest M-STFT; or that of --step, where its snapshot or its checkpoint is kept."
    },
    footer = {"", "Example:", "  vocalise train export first -o first.onnx"})
final class TrainExport implements Callable<Integer> {
  private static final String PREFIX = "step-";
  private static final String GENERATOR = "generator.safetensors";

  @Parameters(paramLabel = "RUN", description = "Name of the run.")
  private String name = "";

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "The ONNX file to write.")
  private Path target = Path.of("");

  @Option(names = "--step", paramLabel = "N", description = "The model of this step.")
  private Optional<Long> step = Optional.empty();

  @Option(names = "--overwrite", description = "Replace an existing file.")
  private boolean overwrite;

  @Mixin private final RunOptions runOptions = new RunOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  /**
   * A model to export.
   *
   * @param words for people
   * @param snapshot that holds it already; null where the trainer exports a checkpoint
   */
  private record Chosen(String words, @Nullable Path snapshot) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Console console = output.console();
    RunDirectory run = runOptions.find(name);
    Chosen choice = choose(run);
    Path folder = Files.createTempDirectory("vocalise-export-");
    try (AtomicFile file = AtomicFile.create(target, overwrite)) {
      Path source = choice.snapshot();
      if (source == null) {
        source = folder.resolve("model.onnx");
        exportCheckpoint(run, source, console);
      }
      Files.copy(source, file.temporary(), StandardCopyOption.REPLACE_EXISTING);
      ModelMetadata metadata = verify(file.temporary());
      file.commit();
      console.result(
          "%s: %s, %s; %s"
              .formatted(target, metadata.name(), metadata.architecture(), choice.words()));
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("schema", 1);
      document.put("file", target.toString());
      document.put("choice", choice.words());
      document.put("steps", metadata.steps());
      document.put("weights_sha256", metadata.weightsSha256());
      console.document(document);
    } finally {
      Files.deleteIfExists(folder.resolve("model.onnx"));
      Files.deleteIfExists(folder);
    }
    return ExitCode.DONE;
  }

  private Chosen choose(RunDirectory run) throws IOException {
    if (step.isPresent()) {
      Path snapshot = run.snapshot(step.get());
      boolean there = Files.isRegularFile(snapshot);
      return new Chosen("step " + step.get(), there ? snapshot : null);
    }
    Validation best = Validator.best(run);
    if (best == null) {
      return new Chosen("the best by the trainer's own M-STFT", null);
    }
    String words =
        "the best of validation: step " + best.step() + ", " + TrainValidate.scores(best);
    return new Chosen(words, run.snapshot(best.step()));
  }

  private void exportCheckpoint(RunDirectory run, Path exported, Console console)
      throws IOException, InterruptedException {
    Launch launch =
        Launch.required(
            run, "'python -m vocalise_train export " + run.path() + " -o FILE' writes its model");
    Path checkpoint = checkpoint(run);
    try (Launchers launchers = runOptions.launchers()) {
      Launcher launcher = launchers.of(launch);
      launcher.prepare(console::note);
      launcher.export(run, launch, checkpoint, exported);
    }
  }

  /** What the trainer exports: a run's best checkpoint, or one of its checkpoints. */
  private Path checkpoint(RunDirectory run) throws IOException {
    List<Long> steps = new ArrayList<>();
    try (Stream<Path> folders = Files.list(run.checkpoints())) {
      folders
          .map(folder -> String.valueOf(folder.getFileName()))
          .filter(folder -> folder.matches(PREFIX + "\\d{1,15}"))
          .forEach(folder -> steps.add(Long.parseLong(folder.substring(PREFIX.length()))));
    } catch (NoSuchFileException e) {
      // Not even the folder is there yet.
    }
    if (steps.isEmpty()) {
      throw new InputException(
          run.path(),
          "has written no checkpoint yet; 'vocalise train watch " + run.name() + "' shows it");
    }
    if (step.isEmpty()) {
      return run.path();
    }
    if (!steps.contains(step.get())) {
      throw new InputException(
          run.checkpoints(), "no checkpoint of step " + step.get() + "; there are " + steps);
    }
    String folder = String.format(Locale.ROOT, PREFIX + "%08d", step.get());
    return run.checkpoints().resolve(folder).resolve(GENERATOR);
  }

  private static ModelMetadata verify(Path file) throws IOException {
    try (OnnxVocoder vocoder = VerifiedModel.open(file)) {
      return vocoder.metadata();
    }
  }
}
