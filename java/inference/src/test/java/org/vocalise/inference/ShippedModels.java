package org.vocalise.inference;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The models in the folder {@code onnx} of this clone. */
final class ShippedModels {
  private ShippedModels() {}

  /** All of them, in the order of their names. */
  static List<Path> all() throws IOException {
    Path folder = standard().toAbsolutePath().getParent();
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".onnx")).sorted().toList();
    }
  }

  /** The one that sings where none is named. */
  static Path standard() throws IOException {
    @Nullable Path file = ModelStore.standard().shipped();
    assumeTrue(file != null, "no model ships in the folder onnx");
    return Objects.requireNonNull(file);
  }
}
