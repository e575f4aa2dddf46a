package org.vocalise.dsp.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SpectrogramColumnsTest {
  @Test
  void anHourIsReducedToMeansWhateverTheBlocks() {
    int rows = 4;
    int frames = 310_078;
    SpectrogramColumns whole = new SpectrogramColumns(hertz(rows), 22050 / 256.0, frames);
    SpectrogramColumns pieces = new SpectrogramColumns(hertz(rows), 22050 / 256.0, frames);
    float[] values = new float[rows * frames];
    for (int row = 0; row < rows; row++) {
      for (int frame = 0; frame < frames; frame++) {
        values[row * frames + frame] = row + frame / (float) frames;
      }
    }
    whole.accept(values, frames);
    Random random = new Random(3);
    for (int start = 0; start < frames; ) {
      int count = Math.min(1 + random.nextInt(5000), frames - start);
      float[] block = new float[rows * count];
      for (int row = 0; row < rows; row++) {
        System.arraycopy(values, row * frames + start, block, row * count, count);
      }
      pieces.accept(block, count);
      start += count;
    }
    assertEquals(960, whole.columns());
    assertEquals(3600, whole.seconds(), 0.1);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < 960; column++) {
        assertEquals(whole.power(row, column), pieces.power(row, column), 0.0);
        assertEquals(row + (column + 0.5) / 960, whole.power(row, column), 1e-5);
      }
    }
  }

  @Test
  void framesBeyondTheLengthAreIgnoredAndMissingOnesAreSilent() {
    SpectrogramColumns columns = new SpectrogramColumns(hertz(1), 10, 3);
    columns.accept(new float[] {1, 2}, 2);
    assertEquals(0, columns.power(0, 2), 0.0);
    columns.accept(new float[] {3, 4}, 2);
    assertEquals(3, columns.power(0, 2), 0.0);
    assertEquals(3, columns.largestPower(), 0.0);
  }

  @Test
  void axesThatDoNotRiseAreRefused() {
    String message =
        String.valueOf(
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new SpectrogramColumns(new double[] {0, 10, 10}, 86, 5))
                .getMessage());
    assertTrue(message.contains("row 2"), message);
    assertThrows(
        IllegalArgumentException.class, () -> new SpectrogramColumns(hertz(3), Double.NaN, 5));
    assertThrows(IllegalArgumentException.class, () -> new SpectrogramColumns(hertz(3), 86, 0));
  }

  private static double[] hertz(int rows) {
    return SpectrogramColumns.linear(rows, 22050);
  }
}
