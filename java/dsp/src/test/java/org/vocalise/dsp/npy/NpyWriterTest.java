package org.vocalise.dsp.npy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vocalise.dsp.SharedData;

class NpyWriterTest {
  @TempDir private Path folder;

  /** Files of C order that numpy.save wrote. */
  private static List<Path> numpyFiles() throws IOException {
    try (Stream<Path> files = Files.list(SharedData.path("golden/peers"))) {
      List<Path> mels =
          files.filter(f -> f.toString().endsWith("_mel_hifigan.npy")).sorted().toList();
      assertEquals(true, mels.size() >= 4);
      return mels;
    }
  }

  @Test
  void writesTheBytesThatNumpyWrites() throws IOException {
    for (Path numpy : numpyFiles()) {
      Path file = folder.resolve("a.npy");
      try (NpyReader reader = NpyReader.open(numpy)) {
        int columns = (int) reader.columns();
        float[] values = new float[reader.rows() * columns];
        reader.read(0, columns, values);
        NpyWriter.write(file, values, reader.rows(), columns);
      }
      assertArrayEquals(Files.readAllBytes(numpy), Files.readAllBytes(file));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1000, 30_000, 1 << 22})
  void writesTheSameBytesColumnByColumn(long maxInMemory) throws IOException {
    int rows = 7;
    int columns = 20_000;
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 0.5f;
    }
    Path whole = folder.resolve("whole.npy");
    NpyWriter.write(whole, values, rows, columns);
    Path joined = folder.resolve("joined.npy");
    try (NpyColumnWriter writer = new NpyColumnWriter(joined, rows, maxInMemory)) {
      int first = 0;
      for (int step = 1; first < columns; step = step * 2 % 1021 + 1) {
        int count = Math.min(step, columns - first);
        float[] part = new float[rows * count + 3];
        for (int row = 0; row < rows; row++) {
          System.arraycopy(values, row * columns + first, part, row * count, count);
        }
        writer.append(part, count);
        first += count;
      }
    }
    assertArrayEquals(Files.readAllBytes(whole), Files.readAllBytes(joined));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(2, files.count());
    }
  }

  @Test
  void headerLengthIsAMultipleOf64ForAnyShape() throws IOException {
    assertEquals(128, NpyHeader.bytes(1, 1).length);
    assertEquals(128, NpyHeader.bytes(1024, 999_999_999_999L).length);
  }

  @Test
  void refusesAnArrayOfAnotherLength() {
    Path file = folder.resolve("a.npy");
    assertThrows(IllegalArgumentException.class, () -> NpyWriter.write(file, new float[5], 2, 3));
  }
}
