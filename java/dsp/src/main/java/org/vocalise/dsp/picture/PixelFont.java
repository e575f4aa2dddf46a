package org.vocalise.dsp.picture;

import java.awt.image.BufferedImage;
import java.util.Locale;

/** Capitals, digits and a few signs on a grid of 5 x 7, for machines without fonts. */
final class PixelFont implements Lettering {
  private static final int SCALE = 2;
  private static final int COLUMNS = 5;
  private static final int ROWS = 7;

  private static final String CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:-+/()_#%|=?";

  /** Two hexadecimal digits a row, the five lower bits from left to right, in the same order. */
  private static final String[] GLYPHS = {
    "0E11111F111111", "1E11111E11111E", "0E11101010110E", "1C12111111121C", "1F10101E10101F",
    "1F10101E101010", "0E11101713110F", "1111111F111111", "0E04040404040E", "0702020202120C",
    "11121418141211", "1010101010101F", "111B1515111111", "11191915131311", "0E11111111110E",
    "1E11111E101010", "0E11111115120D", "1E11111E141211", "0F10100E01011E", "1F040404040404",
    "1111111111110E", "11111111110A04", "1111111515150A", "11110A040A1111", "11110A04040404",
    "1F01020408101F", "0E11131519110E", "040C040404040E", "0E11010204081F", "1F02040201110E",
    "02060A121F0202", "1F101E0101110E", "0608101E11110E", "1F010204080808", "0E11110E11110E",
    "0E11110F01020C", "00000000000C0C", "000000000C0408", "000C0C000C0C00", "0000001F000000",
    "0004041F040400", "01010204081010", "02040808080402", "08040202020408", "0000000000001F",
    "0A0A1F0A1F0A0A", "18190204081303", "04040404040404", "00001F001F0000", "0E110102040004",
  };

  @Override
  public int width(String text) {
    return (COLUMNS + 1) * SCALE * text.length();
  }

  @Override
  public int height() {
    return ROWS * SCALE;
  }

  @Override
  public void write(BufferedImage image, String text, int x, int y) {
    String capitals = text.toUpperCase(Locale.ROOT);
    for (int i = 0; i < capitals.length(); i++) {
      char character = capitals.charAt(i);
      if (character == ' ') {
        continue;
      }
      int index = CHARACTERS.indexOf(character);
      String glyph = GLYPHS[index < 0 ? CHARACTERS.indexOf('?') : index];
      draw(image, glyph, x + i * (COLUMNS + 1) * SCALE, y - ROWS * SCALE);
    }
  }

  private static void draw(BufferedImage image, String glyph, int left, int top) {
    for (int y = 0; y < ROWS * SCALE; y++) {
      int row = y / SCALE;
      int bits = Integer.parseInt(glyph, 2 * row, 2 * row + 2, 16);
      for (int x = 0; x < COLUMNS * SCALE; x++) {
        boolean set = (bits >> (COLUMNS - 1 - x / SCALE) & 1) != 0;
        boolean inside = left + x < image.getWidth() && top + y < image.getHeight();
        if (set && inside && left + x >= 0 && top + y >= 0) {
          image.setRGB(left + x, top + y, INK);
        }
      }
    }
  }
}
