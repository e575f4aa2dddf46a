package org.vocalise.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model that is measured.
 *
 * @param name of the model
 * @param onnx its file
 * @param checkpoint the same for PyTorch; null where there is none
 */
public record BenchModel(String name, Path onnx, @Nullable Path checkpoint) {
  /** What {@code python -m vocalise_train new} makes. */
  public static final List<String> ARCHITECTURES =
      List.of("hifigan-v1", "hifigan-v2", "hifigan-v3", "vocos-full", "vocos-small", "magnitude");

  /**
   * The models asked for.
   *
   * @param wanted ONNX files, and architectures, which are made with random weights
   * @param python interpreter with vocalise_train, for architectures
   * @throws IllegalArgumentException if one is neither
   */
  public static List<BenchModel> of(List<String> wanted, @Nullable Path python, Path temporary)
      throws IOException, InterruptedException {
    List<BenchModel> models = new ArrayList<>();
    for (String name : wanted) {
      if (Files.isRegularFile(Path.of(name))) {
        models.add(new BenchModel(name, Path.of(name), null));
      } else if (!ARCHITECTURES.contains(name)) {
        throw new IllegalArgumentException(
            name + " is no file, and none of the architectures " + ARCHITECTURES);
      } else if (python == null) {
        throw new IllegalArgumentException(
            "to make " + name + " takes --peer-python with vocalise_train; or name an ONNX file");
      } else {
        models.add(random(name, python, temporary));
      }
    }
    return models;
  }

  private static BenchModel random(String architecture, Path python, Path temporary)
      throws IOException, InterruptedException {
    Path checkpoint = temporary.resolve(architecture + ".safetensors");
    Path onnx = temporary.resolve(architecture + ".onnx");
    List<String> make =
        Commands.modelPython(
            python, temporary, "make", architecture, checkpoint.toString(), onnx.toString());
    CommandRun.of(make, temporary, Map.of());
    return new BenchModel(architecture, onnx, checkpoint);
  }

  /** The model of a name, or the first where none has it. */
  public static BenchModel named(String name, List<BenchModel> models) {
    return models.stream()
        .filter(model -> model.name().equals(name))
        .findFirst()
        .orElse(models.get(0));
  }
}
