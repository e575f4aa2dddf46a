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
import org.vocalise.cli.batch.Console;
import org.vocalise.cli.batch.ExitCode;
import org.vocalise.dsp.io.AtomicFile;
import org.vocalise.dsp.io.InputException;
import org.vocalise.inference.ModelMetadata;
import org.vocalise.inference.OnnxFile;
import org.vocalise.inference.OnnxVocoder;
import org.vocalise.training.launch.Launch;
import org.vocalise.training.launch.Launcher;
import org.vocalise.training.launch.Launchers;
import org.vocalise.training.run.RunDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vocalise train export}. */
@Command(
    name = "export",
    description = {
      "Write a run's model to an ONNX file, checked: its weights are those its metadata say, and",
      "it runs. The best checkpoint's, unless --step names another that is kept."
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

  @Option(names = "--step", paramLabel = "N", description = "Of the checkpoint of this step.")
  private Optional<Long> step = Optional.empty();

  @Option(names = "--overwrite", description = "Replace an existing file.")
  private boolean overwrite;

  @Mixin private final RunOptions runOptions = new RunOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Console console = output.console();
    RunDirectory run = runOptions.find(name);
    Launch launch = Launch.read(run);
    if (launch == null) {
      throw new InputException(run.path(), "was not started by 'vocalise train start'");
    }
    Path checkpoint = checkpoint(run);
    Path folder = Files.createTempDirectory("vocalise-export-");
    try (Launchers launchers = runOptions.launchers();
        AtomicFile file = AtomicFile.create(target, overwrite)) {
      Launcher launcher = launchers.of(launch);
      launcher.prepare(console::note);
      Path exported = folder.resolve("model.onnx");
      launcher.export(run, launch, checkpoint, exported);
      ModelMetadata metadata = verify(exported);
      Files.copy(exported, file.temporary(), StandardCopyOption.REPLACE_EXISTING);
      file.commit();
      console.result(target + ": " + metadata.name() + ", " + metadata.architecture());
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("schema", 1);
      document.put("file", target.toString());
      document.put("checkpoint", checkpoint.toString());
      document.put("weights_sha256", metadata.weightsSha256());
      console.document(document);
    } finally {
      Files.deleteIfExists(folder.resolve("model.onnx"));
      Files.deleteIfExists(folder);
    }
    return ExitCode.DONE;
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
      throw new InputException(run.path(), "has written no checkpoint yet");
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
    OnnxFile onnx = OnnxFile.read(file);
    ModelMetadata metadata = ModelMetadata.of(onnx);
    if (!metadata.weightsSha256().equals(onnx.weightsSha256())) {
      throw new InputException(file, "weights are not those that its metadata say");
    }
    OnnxVocoder.open(file).close();
    return metadata;
  }
}
