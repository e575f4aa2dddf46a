package org.vocalise.dsp.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class SpectrogramPictureTest {
  private static final int LEFT = 76;
  private static final int TOP = 44;
  private static final int HEIGHT = 420;
  private static final int WIDTH = 960;

  @Test
  void aToneIsABrightLineAtItsFrequency() {
    float[] values = new float[100 * 50];
    Arrays.fill(values, 1e-3f);
    Arrays.fill(values, 25 * 50, 26 * 50, 1);
    BufferedImage picture = SpectrogramPicture.of(columns(100, 50, values), "tone");
    int line = TOP + HEIGHT - 1 - (int) (25.5 / 100 * HEIGHT);
    assertEquals(ColourMap.LEVEL.rgb(1), rgb(picture, LEFT + 480, line));
    assertEquals(ColourMap.LEVEL.rgb(1 - 30 / 80.0), rgb(picture, LEFT + 480, line - 20));
  }

  @Test
  void theDifferenceIsRedWhereTheSecondIsLouder() {
    float[] quiet = new float[10 * 20];
    float[] loud = new float[10 * 20];
    Arrays.fill(quiet, 1);
    Arrays.fill(loud, 0, 100, 100);
    Arrays.fill(loud, 100, 200, 1);
    BufferedImage picture =
        SpectrogramPicture.comparison(
            columns(10, 20, quiet), "quiet", columns(10, 20, loud), "half of it loud");
    int x = 2 * (LEFT + 480 + 20) + 84 + LEFT + 240;
    assertEquals(ColourMap.DIFFERENCE.rgb(0.5 + 20 / 60.0), rgb(picture, x, TOP + HEIGHT - 10));
    assertEquals(ColourMap.DIFFERENCE.rgb(0.5), rgb(picture, x, TOP + 10));
  }

  @Test
  void spectrogramsOfDifferentShapesAreNotCompared() {
    SpectrogramColumns a = columns(10, 20, new float[200]);
    SpectrogramColumns b = columns(10, 21, new float[210]);
    String message =
        String.valueOf(
            assertThrows(
                    IllegalArgumentException.class,
                    () -> SpectrogramPicture.comparison(a, "a.wav", b, "b.wav"))
                .getMessage());
    assertTrue(message.contains("a.wav") && message.contains("b.wav"), message);
  }

  @Test
  void aSingleFrameFillsThePanel() {
    float[] values = new float[80];
    Arrays.fill(values, 2);
    BufferedImage picture = SpectrogramPicture.of(columns(80, 1, values), "one frame");
    assertEquals(ColourMap.LEVEL.rgb(1), rgb(picture, LEFT, TOP));
    assertEquals(ColourMap.LEVEL.rgb(1), rgb(picture, LEFT + WIDTH - 1, TOP + HEIGHT - 1));
  }

  @Test
  void silenceAndImpossibleValuesAreDrawnAsSilence() {
    for (float value : new float[] {0, -1, Float.NaN, Float.POSITIVE_INFINITY}) {
      float[] values = new float[80 * 3];
      Arrays.fill(values, value);
      BufferedImage picture = SpectrogramPicture.of(columns(80, 3, values), "silence");
      assertEquals(ColourMap.LEVEL.rgb(0), rgb(picture, LEFT + 5, TOP + 5));
    }
  }

  @Test
  void picturesAreValidPngAndTheStreamStaysOpen() throws IOException {
    BufferedImage picture = SpectrogramPicture.of(columns(80, 3, new float[240]), "title");
    boolean[] closed = {false};
    ByteArrayOutputStream bytes =
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            closed[0] = true;
          }
        };
    SpectrogramPicture.write(picture, bytes);
    assertEquals(false, closed[0]);
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(bytes.toByteArray()));
    assertEquals(picture.getWidth(), read.getWidth());
    assertEquals(rgb(picture, 500, 200), rgb(read, 500, 200));
  }

  @Test
  void withoutAnyFontTheBuiltInOneWritesTheLabels() {
    SpectrogramColumns spectrogram = columns(80, 300, new float[80 * 300]);
    BufferedImage picture =
        SpectrogramPicture.of(spectrogram, "Alto-1#newboy 0004.wav \u00e9", new PixelFont());
    int ink = 0;
    for (int y = 0; y < TOP; y++) {
      for (int x = LEFT; x < LEFT + 300; x++) {
        ink += rgb(picture, x, y) == Lettering.INK ? 1 : 0;
      }
    }
    assertTrue(ink > 500, ink + " pixels of ink in the title");
  }

  @Test
  void theColoursOfLevelsGetLighterStepByStep() {
    double before = -1;
    for (int i = 0; i < 256; i++) {
      int rgb = ColourMap.LEVEL.rgb(i / 255.0);
      double luminance = 0.2126 * (rgb >> 16) + 0.7152 * ((rgb >> 8) & 255) + 0.0722 * (rgb & 255);
      assertTrue(luminance >= before, "colour " + i);
      before = luminance;
    }
    assertNotEquals(ColourMap.LEVEL.rgb(0), ColourMap.LEVEL.rgb(1));
  }

  private static SpectrogramColumns columns(int rows, int frames, float[] values) {
    SpectrogramColumns columns =
        new SpectrogramColumns(SpectrogramColumns.linear(rows, 22050), 86, frames);
    columns.accept(values, frames);
    return columns;
  }

  private static int rgb(BufferedImage picture, int x, int y) {
    return picture.getRGB(x, y) & 0xffffff;
  }
}
