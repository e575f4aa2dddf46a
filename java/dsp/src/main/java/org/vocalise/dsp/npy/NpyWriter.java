package org.vocalise.dsp.npy;

import java.io.IOException;
import java.nio.file.Path;

/** Writes matrices in memory as npy files, byte for byte as numpy.save does. Thread-safe. */
public final class NpyWriter {
  private NpyWriter() {}

  /**
   * Writes a matrix of float32; the file is created or replaced.
   *
   * @param values row-major {@code [rows][columns]}
   */
  public static void write(Path file, float[] values, int rows, int columns) throws IOException {
    if (values.length != (long) rows * columns) {
      throw new IllegalArgumentException(
          values.length + " values are not " + rows + " x " + columns);
    }
    try (NpyOutput output = new NpyOutput(file)) {
      output.write(NpyHeader.bytes(rows, columns));
      output.write(values, 0, values.length);
    }
  }
}
