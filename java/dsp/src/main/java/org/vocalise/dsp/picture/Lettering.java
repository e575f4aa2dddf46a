package org.vocalise.dsp.picture;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** Writes text into pictures: by the system's fonts, or without any. */
sealed interface Lettering permits Lettering.SystemFont, PixelFont {
  /** Colour of all text, 0xRRGGBB. */
  int INK = 0x222222;

  /** Width of a text in pixels. */
  int width(String text);

  /** Height of digits and capitals in pixels. */
  int height();

  /** Writes a text, its lower left corner at x, y. */
  void write(BufferedImage image, String text, int x, int y);

  /** The text, shortened at its end if it is wider than {@code most} pixels. */
  default String fit(String text, int most) {
    if (width(text) <= most) {
      return text;
    }
    int length = text.length();
    while (length > 0 && width(text.substring(0, length) + "...") > most) {
      length = text.offsetByCodePoints(length, -1);
    }
    return text.substring(0, length) + "...";
  }

  /**
   * The system's sans-serif font; where there is none (a server's Java runtime without fontconfig
   * or freetype) the built-in one.
   */
  static Lettering best() {
    try {
      SystemFont font = new SystemFont();
      font.write(new BufferedImage(9, 9, BufferedImage.TYPE_INT_RGB), "0", 0, 9);
      return font;
    } catch (RuntimeException | LinkageError | InternalError e) {
      // Java reports missing fonts in all these ways, depending on what exactly is missing.
      return new PixelFont();
    }
  }

  /** Text by java.awt. */
  final class SystemFont implements Lettering {
    private static final int SIZE = 14;
    private final Font font = new Font(Font.SANS_SERIF, Font.PLAIN, SIZE);
    private final FontMetrics metrics;

    private SystemFont() {
      Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
      metrics = graphics.getFontMetrics(font);
      graphics.dispose();
    }

    @Override
    public int width(String text) {
      return metrics.stringWidth(text);
    }

    @Override
    public int height() {
      return (int) Math.round(0.72 * SIZE);
    }

    @Override
    public void write(BufferedImage image, String text, int x, int y) {
      Graphics2D graphics = image.createGraphics();
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.setFont(font);
      graphics.setColor(new Color(INK));
      graphics.drawString(text, x, y);
      graphics.dispose();
    }
  }
}
