package org.vocalise.dsp.picture;

import java.awt.image.BufferedImage;

/**
 * Two spectrograms and the second minus the first as pictures without axes or text, for pages that
 * draw those themselves: low frequencies at the bottom, 256 colours.
 *
 * @param first levels, on one scale with those of {@code second}: 80 dB from the loudest value
 * @param second levels
 * @param difference blue where the second is weaker, red where it is stronger, by up to 30 dB
 * @param meanDecibels mean of the differences' magnitudes
 */
public record SpectrogramPanels(
    BufferedImage first, BufferedImage second, BufferedImage difference, double meanDecibels) {
  /**
   * Draws three panels.
   *
   * @throws IllegalArgumentException if rows, frame rate or frames shown differ
   */
  public static SpectrogramPanels of(
      SpectrogramColumns first, SpectrogramColumns second, int width, int height) {
    SpectrogramDifference levels = SpectrogramDifference.of(first, second);
    int rows = first.rows();
    int columns = first.columns();
    return new SpectrogramPanels(
        draw(new CellRaster(levels.first(), rows, columns, 0, width, height), ColourMap.LEVEL),
        draw(new CellRaster(levels.second(), rows, columns, 0, width, height), ColourMap.LEVEL),
        draw(
            new CellRaster(levels.difference(), rows, columns, 0.5, width, height),
            ColourMap.DIFFERENCE),
        levels.meanDecibels());
  }

  private static BufferedImage draw(CellRaster cells, ColourMap colours) {
    BufferedImage image =
        new BufferedImage(
            cells.width(), cells.height(), BufferedImage.TYPE_BYTE_INDEXED, colours.model());
    for (int py = 0; py < cells.height(); py++) {
      for (int px = 0; px < cells.width(); px++) {
        int index = ColourMap.index(cells.strongest(px, cells.height() - 1 - py));
        image.getRaster().setSample(px, py, 0, index);
      }
    }
    return image;
  }
}
