package org.vocalise.dsp.picture;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Pictures of spectrograms with axes in seconds and Hz. Rows are equally tall, so that a mel keeps
 * its own scale; the marks say where the frequencies lie. Works without a screen and, if need be,
 * without fonts. All methods are thread-safe.
 */
public final class SpectrogramPicture {
  private static final double RANGE_DECIBELS = SpectrogramDifference.RANGE_DECIBELS;
  private static final double DIFFERENCE_DECIBELS = SpectrogramDifference.DIFFERENCE_DECIBELS;
  private static final int WIDE = 960;
  private static final int NARROW = 480;

  static {
    // Else macOS shows an application in its dock.
    if (System.getProperty("java.awt.headless") == null) {
      System.setProperty("java.awt.headless", "true");
    }
  }

  private SpectrogramPicture() {}

  /** A picture of one spectrogram; the colours show dB below its loudest value. */
  public static BufferedImage of(SpectrogramColumns spectrogram, String title) {
    return of(spectrogram, title, Lettering.best());
  }

  static BufferedImage of(SpectrogramColumns spectrogram, String title, Lettering lettering) {
    double loudest = spectrogram.largestPower();
    PanelPainter painter =
        new PanelPainter(
            PanelPainter.width(WIDE) + PanelPainter.BAR_WIDTH, lettering, spectrogram, WIDE);
    painter.panel(0, SpectrogramDifference.levels(spectrogram, loudest), ColourMap.LEVEL, title);
    painter.bar(PanelPainter.width(WIDE), ColourMap.LEVEL, -RANGE_DECIBELS, 0);
    return painter.image();
  }

  /**
   * Two spectrograms side by side on one scale of colours, and the second minus the first. What
   * lies more than 80 dB below the loudest value of both counts as that far below.
   *
   * @throws IllegalArgumentException if rows, frame rate or frames shown differ
   */
  public static BufferedImage comparison(
      SpectrogramColumns first, String firstTitle, SpectrogramColumns second, String secondTitle) {
    return comparison(first, firstTitle, second, secondTitle, Lettering.best());
  }

  static BufferedImage comparison(
      SpectrogramColumns first,
      String firstTitle,
      SpectrogramColumns second,
      String secondTitle,
      Lettering lettering) {
    if (!first.matches(second)) {
      throw new IllegalArgumentException(
          firstTitle + " and " + secondTitle + " differ in rows, frame rate or number of frames");
    }
    SpectrogramDifference levels = SpectrogramDifference.of(first, second);
    String mean =
        String.format(
            Locale.ROOT, "second - first: %.1f dB apart on average", levels.meanDecibels());

    int panel = PanelPainter.width(NARROW);
    int bar = PanelPainter.BAR_WIDTH;
    PanelPainter painter = new PanelPainter(3 * panel + 2 * bar, lettering, first, NARROW);
    painter.panel(0, levels.first(), ColourMap.LEVEL, firstTitle);
    painter.panel(panel, levels.second(), ColourMap.LEVEL, secondTitle);
    painter.bar(2 * panel, ColourMap.LEVEL, -RANGE_DECIBELS, 0);
    painter.panel(2 * panel + bar, levels.difference(), ColourMap.DIFFERENCE, mean);
    painter.bar(3 * panel + bar, ColourMap.DIFFERENCE, -DIFFERENCE_DECIBELS, DIFFERENCE_DECIBELS);
    return painter.image();
  }

  /** Writes a picture as PNG; the stream stays open. */
  public static void write(BufferedImage picture, OutputStream target) throws IOException {
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(target)) {
      if (!ImageIO.write(picture, "png", stream)) {
        throw new IOException("this Java runtime can't write PNG files");
      }
    }
  }
}
