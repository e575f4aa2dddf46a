package org.vocalise.dsp.npy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vocalise.dsp.io.InputException;

class NpyReaderTest {
  @TempDir private Path folder;

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("a.npy"), bytes);
  }

  private String refusal(byte[] bytes) throws IOException {
    Path file = write(bytes);
    String message =
        String.valueOf(assertThrows(InputException.class, () -> NpyReader.open(file)).getMessage());
    return message.substring(file.toString().length() + 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void readsEveryVersionTypeOrderAndShape(int version) throws IOException {
    for (String type : new String[] {"<f4", "<f8"}) {
      for (boolean fortran : new boolean[] {false, true}) {
        for (String shape : new String[] {"(3, 50000)", "(1, 3, 50000)"}) {
          int count = 150_000;
          byte[] values = type.equals("<f4") ? NpyBytes.floats(count) : NpyBytes.doubles(count);
          String header = NpyBytes.header(type, fortran, shape);
          checkMatrix(write(NpyBytes.file(version, header, values)), fortran);
        }
      }
    }
  }

  private static void checkMatrix(Path file, boolean fortran) throws IOException {
    try (NpyReader reader = NpyReader.open(file)) {
      assertEquals(3, reader.rows());
      assertEquals(50_000, reader.columns());
      for (int count : new int[] {50_000, 20_001, 1}) {
        int first = 50_000 - count;
        float[] actual = new float[3 * count];
        reader.read(first, count, actual);
        float[] expected = new float[3 * count];
        for (int row = 0; row < 3; row++) {
          for (int i = 0; i < count; i++) {
            int column = first + i;
            expected[row * count + i] = fortran ? column * 3 + row : row * 50_000 + column;
          }
        }
        assertArrayEquals(expected, actual);
      }
      assertThrows(IndexOutOfBoundsException.class, () -> reader.read(49_999, 2, new float[6]));
    }
  }

  @Test
  void placesValuesInTheFile() throws IOException {
    byte[] values = NpyBytes.floats(6);
    Path file = write(NpyBytes.file(1, NpyBytes.header("<f4", false, "(2, 3)"), values));
    try (NpyReader reader = NpyReader.open(file)) {
      assertEquals(128 + 4 * 5, reader.byteOffset(1, 2));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "|O, array of Python objects",
    "O, array of Python objects",
    ">f4, a.astype('<f4')",
    ">f8, big-endian",
    "=f4, is not float",
    "|f4, is not float",
    "<f2, is not float",
    "<i2, is not float",
    "<c8, is not float",
  })
  void refusesOtherTypesWithACure(String descr, String expected) throws IOException {
    String header = NpyBytes.header(descr, false, "(2, 3)");
    String message = refusal(NpyBytes.file(1, header, NpyBytes.floats(6)));
    assertTrue(message.startsWith("byte 10: ") && message.contains(expected), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(6,) | shape (6,) where",
        "() | shape () where",
        "(2, 1, 3) | where (rows, columns)",
        "(1, 1, 2, 3) | where (rows, columns)",
        "(0, 3) | the array is empty",
        "(2, 0) | the array is empty",
        "(2, 4) | needs 32 bytes of values, the file has 24; it is cut off",
        "(2, 2) | byte 144: shape (2, 2) needs 16 bytes of values, the file has 24",
        "(999999999999999999, 999999999999999999) | needs more than 2^63 bytes",
        "(1, 4611686018427387904) | a length of 1 to 18 digits",
        "(3000000000, 3000000000) | cut off",
        "(-2, 3) | a length of",
        "(2.0, 3) | is expected",
      })
  void refusesOtherShapes(String shape, String expected) throws IOException {
    String header = NpyBytes.header("<f4", false, shape);
    String message = refusal(NpyBytes.file(1, header, NpyBytes.floats(6)));
    assertTrue(message.contains(expected), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{}",
        "{'descr': '<f4', 'fortran_order': False}",
        "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), 'x': 1}",
        "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2, 3)}",
        "{'descr': '<f4', 'fortran_order': 0, 'shape': (2, 3)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)} + 1",
        "{'descr': '<f4, 'fortran_order': False, 'shape': (2, 3)}",
        "{'descr': __import__('os'), 'fortran_order': False, 'shape': (2, 3)}",
      })
  void refusesHeadersThatAreNotExactlyADescription(String header) throws IOException {
    String message = refusal(NpyBytes.file(1, header, NpyBytes.floats(6)));
    assertTrue(message.matches("byte \\d+: header: .*"), message);
  }

  @Test
  void refusesFilesThatAreNoArraysOrCutInTheirHeader() throws IOException {
    byte[] good = NpyBytes.file(1, NpyBytes.header("<f4", false, "(2, 3)"), NpyBytes.floats(6));
    assertTrue(refusal(new byte[0]).contains("empty"));
    assertTrue(refusal("PK\u0003\u0004 and more bytes".getBytes(US_ASCII)).contains("npz"));
    assertTrue(refusal("some text, long enough".getBytes(US_ASCII)).contains("not an npy"));
    assertTrue(refusal(Arrays.copyOf(good, 9)).contains("byte 9"));
    assertTrue(refusal(Arrays.copyOf(good, 100)).contains("header of 118 bytes in a file of 100"));
    byte[] version = good.clone();
    version[6] = 4;
    assertTrue(refusal(version).startsWith("byte 6: npy format version 4"));
    byte[] longHeader = NpyBytes.file(2, NpyBytes.header("<f4", false, "(2, 3)"), new byte[24]);
    longHeader[11] = 0x7F;
    assertTrue(refusal(longHeader).startsWith("byte 8: header of 2130"));
  }
}
