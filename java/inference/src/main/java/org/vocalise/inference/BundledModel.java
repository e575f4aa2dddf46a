package org.vocalise.inference;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The model {@link ModelStore#DEFAULT} inside the program's jar. Thread-safe. */
final class BundledModel {
  private static @Nullable Path unpacked;

  private BundledModel() {}

  /**
   * The model as a file, since ONNX Runtime and all that reads metadata take files: in the
   * temporary folder, made once, deleted when the program ends.
   *
   * @return null where the program was built without a model
   * @throws IOException if the temporary folder can't hold it
   */
  static synchronized @Nullable Path file() throws IOException {
    if (unpacked == null) {
      String name = ModelStore.DEFAULT + ".onnx";
      try (InputStream in = BundledModel.class.getResourceAsStream(name)) {
        if (in == null) {
          return null;
        }
        Path folder = Files.createTempDirectory("vocalise-model-");
        folder.toFile().deleteOnExit(); // the last that is registered goes first
        Path file = folder.resolve(name);
        file.toFile().deleteOnExit();
        Files.copy(in, file);
        unpacked = file;
      }
    }
    return unpacked;
  }
}
