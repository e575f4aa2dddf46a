package org.vocalise.dsp.picture;

import java.awt.image.BufferedImage;
import java.util.List;

/** Draws the panels of one picture, which share axes, and their colour bars. */
final class PanelPainter {
  /** Room that a colour bar takes. */
  static final int BAR_WIDTH = 84;

  private static final int BACKGROUND = 0xffffff;
  private static final int FRAME = 0x555555;
  private static final int LEFT = 76;
  private static final int RIGHT = 20;
  private static final int TOP = 44;
  private static final int BOTTOM = 52;
  private static final int HEIGHT = 420;
  private static final int TICK = 5;
  private static final int BAR = 16;

  private final BufferedImage image;
  private final Lettering lettering;
  private final SpectrogramColumns axes;
  private final int width;

  /**
   * A picture without panels.
   *
   * @param axes gives rows, columns and axes of every panel
   * @param width of the coloured area of a panel
   */
  PanelPainter(int imageWidth, Lettering lettering, SpectrogramColumns axes, int width) {
    image = new BufferedImage(imageWidth, TOP + HEIGHT + BOTTOM, BufferedImage.TYPE_INT_RGB);
    this.lettering = lettering;
    this.axes = axes;
    this.width = width;
    fill(0, 0, imageWidth, image.getHeight(), BACKGROUND);
  }

  /** Room that a panel takes, labels included. */
  static int width(int coloured) {
    return LEFT + coloured + RIGHT;
  }

  BufferedImage image() {
    return image;
  }

  /**
   * Draws a panel.
   *
   * @param shares row-major {@code [rows][columns]}, 0 to 1 from one end of the colours to the
   *     other
   */
  void panel(int x, float[] shares, ColourMap colours, String title) {
    int left = x + LEFT;
    double middle = colours == ColourMap.DIFFERENCE ? 0.5 : 0;
    CellRaster cells = new CellRaster(shares, axes.rows(), axes.columns(), middle, width, HEIGHT);
    for (int py = 0; py < HEIGHT; py++) {
      for (int px = 0; px < width; px++) {
        double share = cells.strongest(px, HEIGHT - 1 - py);
        image.setRGB(left + px, TOP + py, colours.rgb(share));
      }
    }
    frame(left, width);
    lettering.write(image, lettering.fit(title, width), left, TOP - 14);
    frequencyAxis(left);
    timeAxis(left);
  }

  private void frequencyAxis(int left) {
    double distance = 1.8 * lettering.height() / HEIGHT;
    for (double frequency : Ticks.frequencies(axes.hertz(), distance)) {
      int y = fromBottom(Ticks.place(axes.hertz(), frequency));
      fill(left - TICK, y, TICK, 1, FRAME);
      writeLeft(Ticks.label(frequency, 1), left - TICK - 4, y);
    }
    String unit = "Hz";
    // Left of the title, which begins at the panel's edge.
    lettering.write(image, unit, left - TICK - 4 - lettering.width(unit), TOP - 14);
  }

  private void timeAxis(int left) {
    double seconds = axes.seconds();
    int labelWidth = lettering.width("00000.0");
    List<Double> ticks = Ticks.between(0, seconds, Math.max(2, width / (labelWidth + 16)));
    double step = ticks.size() > 1 ? ticks.get(1) - ticks.get(0) : 1;
    int baseline = TOP + HEIGHT + TICK + 4 + lettering.height();
    for (double tick : ticks) {
      int x = left + (int) Math.round(tick / seconds * (width - 1));
      fill(x, TOP + HEIGHT, 1, TICK, FRAME);
      String label = Ticks.label(tick, step);
      lettering.write(image, label, x - lettering.width(label) / 2, baseline);
    }
    String unit = "seconds";
    int middle = left + (width - lettering.width(unit)) / 2;
    lettering.write(image, unit, middle, baseline + lettering.height() + 6);
  }

  /**
   * Draws a square dot into a panel, at a time and a frequency of its axes.
   *
   * @param x of the panel
   * @param size in pixels, odd
   */
  void dot(int x, double time, double frequency, int size, int colour) {
    int px = Math.min(width - 1, (int) (time / axes.seconds() * width));
    int py = fromBottom(Ticks.place(axes.hertz(), frequency));
    int left = Math.max(0, px - size / 2);
    int top = Math.max(TOP, py - size / 2);
    int right = Math.min(width, px + size / 2 + 1);
    int bottom = Math.min(TOP + HEIGHT, py + size / 2 + 1);
    fill(x + LEFT + left, top, right - left, bottom - top, colour);
  }

  /** Draws a colour bar with its numbers in dB. */
  void bar(int x, ColourMap colours, double low, double high) {
    for (int py = 0; py < HEIGHT; py++) {
      fill(x, TOP + HEIGHT - 1 - py, BAR, 1, colours.rgb(py / (HEIGHT - 1.0)));
    }
    frame(x, BAR);
    for (double tick : Ticks.between(low, high, 8)) {
      int y = fromBottom((tick - low) / (high - low));
      fill(x + BAR, y, TICK, 1, FRAME);
      String label = Ticks.label(tick, 1);
      lettering.write(image, label, x + BAR + TICK + 4, y + lettering.height() / 2);
    }
    lettering.write(image, "dB", x, TOP - 14);
  }

  private static int fromBottom(double share) {
    return TOP + HEIGHT - 1 - (int) Math.round(share * (HEIGHT - 1));
  }

  private void writeLeft(String text, int right, int middle) {
    lettering.write(image, text, right - lettering.width(text), middle + lettering.height() / 2);
  }

  private void frame(int left, int frameWidth) {
    fill(left - 1, TOP - 1, frameWidth + 2, 1, FRAME);
    fill(left - 1, TOP + HEIGHT, frameWidth + 2, 1, FRAME);
    fill(left - 1, TOP, 1, HEIGHT, FRAME);
    fill(left + frameWidth, TOP, 1, HEIGHT, FRAME);
  }

  private void fill(int x, int y, int fillWidth, int height, int colour) {
    for (int row = y; row < y + height; row++) {
      for (int column = x; column < x + fillWidth; column++) {
        image.setRGB(column, row, colour);
      }
    }
  }
}
