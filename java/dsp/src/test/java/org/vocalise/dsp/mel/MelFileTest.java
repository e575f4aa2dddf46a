package org.vocalise.dsp.mel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vocalise.dsp.SharedData;
import org.vocalise.dsp.io.InputException;
import org.vocalise.dsp.mel.MelSpec.Log;
import org.vocalise.dsp.npy.NpyWriter;

class MelFileTest {
  @TempDir private Path folder;

  private Path write(float[] values, int rows) throws IOException {
    Path file = folder.resolve("a.npy");
    NpyWriter.write(file, values, rows, values.length / rows);
    return file;
  }

  private static float[] powers(int count) {
    Random random = new Random(1);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) Math.exp(random.nextDouble() * 20 - 11.5);
    }
    return values;
  }

  private static float[] read(Path file, MelSpec spec, Log stored) throws IOException {
    try (MelFile mel = MelFile.open(file, spec, stored)) {
      int frames = (int) mel.frames();
      float[] values = new float[spec.bands() * frames];
      mel.read(0, frames, values);
      return values;
    }
  }

  private String refusal(float[] values, int rows, MelSpec spec, Log stored) throws IOException {
    Path file = write(values, rows);
    String message =
        String.valueOf(
            assertThrows(InputException.class, () -> MelFile.open(file, spec, stored))
                .getMessage());
    return message.substring(file.toString().length() + 2);
  }

  private static float[] map(float[] values, DoubleUnaryOperator f) {
    float[] result = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      result[i] = (float) f.applyAsDouble(values[i]);
    }
    return result;
  }

  private static float[] inLogarithm(float[] power, Log log) {
    return switch (log) {
      case NONE -> power;
      case LN -> map(power, Math::log);
      case LOG10 -> map(power, Math::log10);
      case DB -> map(power, p -> 10 * Math.log10(p));
    };
  }

  @Test
  void readsGoldenMelsInPieces() throws IOException {
    Path file = SharedData.path("golden/peers/c1_mel_ta.npy");
    float[] whole = read(file, MelSpec.NTU, Log.NONE);
    try (MelFile mel = MelFile.open(file, MelSpec.NTU, Log.NONE)) {
      int frames = (int) mel.frames();
      float[] piece = new float[80 * 10];
      mel.read(100, 10, piece);
      for (int band = 0; band < 80; band++) {
        int at = band * frames + 100;
        assertArrayEquals(
            Arrays.copyOfRange(whole, at, at + 10),
            Arrays.copyOfRange(piece, band * 10, band * 10 + 10));
      }
    }
  }

  @Test
  void convertsEveryLogarithmToLinearPower() throws IOException {
    float[] power = powers(80 * 50);
    for (Log log : Log.values()) {
      float[] values = read(write(inLogarithm(power, log), 80), MelSpec.NTU, log);
      for (int i = 0; i < power.length; i++) {
        assertEquals(1, values[i] / power[i], 1e-5);
      }
    }
  }

  @Test
  void convertsToTheLogarithmOfTheSpec() throws IOException {
    float[] magnitude = powers(80 * 50);
    magnitude[17] = 0;
    float[] ln = map(magnitude, m -> Math.log(Math.max(m, 1e-5)));
    assertArrayEquals(ln, read(write(magnitude, 80), MelSpec.HIFIGAN, Log.NONE), 2e-6f);
    float[] db = map(ln, v -> 20 * v / Math.log(10));
    assertArrayEquals(ln, read(write(db, 80), MelSpec.HIFIGAN, Log.DB), 2e-6f);
    assertArrayEquals(ln, read(write(ln, 80), MelSpec.HIFIGAN, Log.LN));
  }

  @Test
  void namesTheIndexOfAValueThatIsNoNumber() throws IOException {
    float[] values = powers(80 * 5000);
    values[3 * 5000 + 4321] = Float.NaN;
    String nan = refusal(values, 80, MelSpec.NTU, Log.NONE);
    assertTrue(nan.startsWith("index [3, 4321]: value NaN"), nan);
    values[3 * 5000 + 4321] = Float.POSITIVE_INFINITY;
    String infinite = refusal(values, 80, MelSpec.HIFIGAN, Log.LN);
    assertTrue(infinite.startsWith("index [3, 4321]: value Infinity"), infinite);
  }

  @ParameterizedTest
  @CsvSource({"LN, ln (or log10", "LOG10, log10 (or ln", "DB, --mel-scale db"})
  void refusesLogarithmsGivenAsPowerWithTheOptionThatReadsThem(Log log, String expected)
      throws IOException {
    float[] power = powers(80 * 50);
    float[] values = inLogarithm(power, log);
    String message = refusal(values, 80, MelSpec.NTU, Log.NONE);
    assertTrue(message.startsWith("index [") && message.contains(expected), message);
  }

  @Test
  void refusesALinearMelGivenAsALogarithm() throws IOException {
    String message = refusal(powers(80 * 50), 80, MelSpec.HIFIGAN, Log.LN);
    assertTrue(message.contains("too large") && message.contains("--mel-scale linear"), message);
  }

  @Test
  void refusesDecibelsGivenAsANaturalLogarithm() throws IOException {
    float[] decibels = inLogarithm(powers(80 * 50), Log.DB);
    String message = refusal(decibels, 80, MelSpec.NTU, Log.LN);
    assertTrue(message.contains("too large") && message.contains("--mel-scale db"), message);
  }

  @Test
  void aMelOfHifiganIsReadByItsPresetNotByAScaleAlone() throws IOException {
    float[] ln = inLogarithm(powers(80 * 50), Log.LN);
    String message = refusal(ln, 80, MelSpec.NTU, Log.NONE);
    assertTrue(message.contains("--preset hifigan"), message);
  }

  @Test
  void refusesPowersThatWouldOverflow() throws IOException {
    float[] values = powers(80 * 50);
    values[2 * 50 + 7] = Float.MAX_VALUE;
    String message = refusal(values, 80, MelSpec.NTU, Log.NONE);
    assertTrue(message.startsWith("index [2, 7]: ") && message.contains("too large"), message);
  }

  @ParameterizedTest
  @CsvSource({"128, n_mels=80", "100, --preset vocos24k", "96, mel options", "50, transposed"})
  void refusesAnotherNumberOfBandsWithACure(int rows, String cure) throws IOException {
    int columns = rows == 50 ? 80 : 33;
    String message = refusal(powers(rows * columns), rows, MelSpec.NTU, Log.NONE);
    assertTrue(message.contains(rows + " mel bands where 80 are expected"), message);
    assertTrue(message.contains(cure), message);
  }
}
