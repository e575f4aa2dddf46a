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
  /** Levels from the loudest down to this are told apart. */
  private static final double RANGE_DECIBELS = 80;

  private static final double DIFFERENCE_DECIBELS = 30;
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
    painter.panel(0, levels(spectrogram, loudest), ColourMap.LEVEL, title);
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
    double loudest = Math.max(first.largestPower(), second.largestPower());
    float[] a = levels(first, loudest);
    float[] b = levels(second, loudest);
    float[] difference = new float[a.length];
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double decibels = RANGE_DECIBELS * (b[i] - a[i]);
      sum += Math.abs(decibels);
      difference[i] = (float) (0.5 + decibels / (2 * DIFFERENCE_DECIBELS));
    }
    String mean =
        String.format(Locale.ROOT, "second - first: %.1f dB apart on average", sum / a.length);

    int panel = PanelPainter.width(NARROW);
    int bar = PanelPainter.BAR_WIDTH;
    PanelPainter painter = new PanelPainter(3 * panel + 2 * bar, lettering, first, NARROW);
    painter.panel(0, a, ColourMap.LEVEL, firstTitle);
    painter.panel(panel, b, ColourMap.LEVEL, secondTitle);
    painter.bar(2 * panel, ColourMap.LEVEL, -RANGE_DECIBELS, 0);
    painter.panel(2 * panel + bar, difference, ColourMap.DIFFERENCE, mean);
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

  /** Levels as a share of the range: 0 at its lower end, 1 at the loudest. */
  private static float[] levels(SpectrogramColumns spectrogram, double loudest) {
    int columns = spectrogram.columns();
    float[] levels = new float[spectrogram.rows() * columns];
    for (int i = 0; i < levels.length; i++) {
      double power = spectrogram.power(i / columns, i % columns);
      if (power > 0) {
        double decibels = 10 * StrictMath.log10(power / loudest);
        levels[i] = (float) Math.max(0, 1 + decibels / RANGE_DECIBELS);
      }
    }
    return levels;
  }
}
