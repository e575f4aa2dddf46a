package org.vocalise.cli.making;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vocalise.cli.batch.Console;
import org.vocalise.dsp.io.InputException;
import org.vocalise.inference.OnnxFile;
import org.vocalise.inference.PublishedModel;

/**
 * Makes the ONNX file of published weights in a folder of its own, which goes when it is closed.
 * Belongs to one thread.
 */
public final class ModelMaking implements AutoCloseable {
  private final Path folder;
  private final PythonEnvironment python;
  private final Console console;

  /** Makes an empty folder. */
  public ModelMaking(PythonEnvironment python, Console console) throws IOException {
    this.python = python;
    this.console = console;
    folder = Files.createTempDirectory("vocalise-model-");
  }

  /**
   * Fetches the weights and converts them.
   *
   * @param from the user's file or address; null for where they are published
   * @param sha256 that the weights must have; null for what is known of them
   * @return the ONNX file, to be moved before closing
   * @throws InputException if the weights are others, or damaged
   */
  public Path make(PublishedModel model, @Nullable String from, @Nullable String sha256)
      throws IOException, InterruptedException {
    Weights weights =
        from == null
            ? Weights.published(model.source(), sha256, folder, python, console)
            : Weights.given(from, sha256, folder, console);
    Path onnx = folder.resolve(model.name() + ".onnx");
    console.note("converting " + weights.origin());
    PythonEnvironment.Ended ended =
        python.run(
            List.of(
                "-m",
                "vocalise_train",
                "convert",
                model.network(),
                weights.file().toString(),
                "-o",
                onnx.toString()));
    if (ended.code() == 4) {
      throw new InputException(weights.file(), reason(ended.lastLine(), weights.file()));
    }
    if (ended.code() != 0) {
      throw new IOException(weights.origin() + ": conversion failed: " + ended.lastLine());
    }
    String name = OnnxFile.read(onnx).metadata().getOrDefault("vocalise.name", "unknown");
    if (!name.equals(model.name())) {
      throw new InputException(
          weights.file(), "holds the weights of %s, not of %s".formatted(name, model.name()));
    }
    return onnx;
  }

  /** Python's words without what the exception says itself. */
  private static String reason(String line, Path file) {
    String words = line.replaceFirst("^error: ", "");
    String prefix = file + ": ";
    return words.startsWith(prefix) ? words.substring(prefix.length()) : words;
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
