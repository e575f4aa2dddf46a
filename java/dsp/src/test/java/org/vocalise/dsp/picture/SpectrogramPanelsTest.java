package org.vocalise.dsp.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class SpectrogramPanelsTest {
  @Test
  void pixelsShowLevelsAndTheirDifference() {
    SpectrogramColumns first = columns(1, 1e-4f);
    SpectrogramColumns second = columns(1e-2f, 1e-4f);
    SpectrogramPanels panels = SpectrogramPanels.of(first, second, 8, 6);
    assertEquals(8, panels.first().getWidth());
    assertEquals(6, panels.first().getHeight());
    assertEquals(ColourMap.LEVEL.rgb(1), panels.first().getRGB(0, 5) & 0xffffff);
    assertEquals(ColourMap.LEVEL.rgb(0.5), panels.first().getRGB(7, 0) & 0xffffff);
    assertEquals(ColourMap.LEVEL.rgb(0.75), panels.second().getRGB(0, 5) & 0xffffff);
    assertEquals(
        ColourMap.DIFFERENCE.rgb(0.5 - 20 / 60.0), panels.difference().getRGB(0, 5) & 0xffffff);
    assertEquals(ColourMap.DIFFERENCE.rgb(0.5), panels.difference().getRGB(0, 0) & 0xffffff);
    assertEquals(10, panels.meanDecibels(), 1e-4);
  }

  @Test
  void spectrogramsOfDifferentShapesAreRefused() {
    SpectrogramColumns other = new SpectrogramColumns(new double[] {0, 200}, 1, 2);
    assertThrows(
        IllegalArgumentException.class, () -> SpectrogramPanels.of(columns(1, 1), other, 4, 4));
    assertTrue(SpectrogramPanels.of(columns(0, 0), columns(0, 0), 4, 4).meanDecibels() == 0);
  }

  private static SpectrogramColumns columns(float low, float high) {
    SpectrogramColumns columns = new SpectrogramColumns(new double[] {0, 100}, 1, 2);
    columns.accept(new float[] {low, low, high, high}, 2);
    return columns;
  }
}
