package org.vocalise.dsp.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Curves over one axis, a panel for each, one below the other. Works without a screen and, if need
 * be, without fonts. Thread-safe.
 */
public final class CurvePicture {
  private static final int WIDTH = 960;
  private static final int LEFT = 90;
  private static final int RIGHT = 24;
  private static final int TOP = 34;
  private static final int HEIGHT = 150;
  private static final int BELOW = 30;
  private static final int TICKS = 5;
  private static final int DOT = 5;
  private static final Color BACKGROUND = Color.WHITE;
  private static final Color GRID = new Color(0xD3D9DF);
  private static final Color AXIS = new Color(0x555555);
  private static final Color LINE = new Color(0xB3400A);
  private static final Color MARK = new Color(0x2B7332);

  /**
   * A curve.
   *
   * @param title of its panel
   * @param x places of the points, ascending
   * @param y as many values
   * @param marked number of the point that is marked; negative for none
   */
  @SuppressWarnings("ArrayRecordComponent") // a curve is its points; equality is not used
  public record Curve(String title, double[] x, double[] y, int marked) {
    /** Checks that there are points. */
    public Curve {
      if (x.length == 0 || x.length != y.length || marked >= x.length) {
        throw new IllegalArgumentException(
            title + ": " + x.length + " places, " + y.length + " values, marked " + marked);
      }
    }
  }

  private final Graphics2D graphics;
  private final BufferedImage image;
  private final Lettering lettering;
  private final double first;
  private final double last;

  private CurvePicture(BufferedImage image, Lettering lettering, double first, double last) {
    this.image = image;
    this.lettering = lettering;
    this.first = first;
    this.last = last;
    graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
  }

  /**
   * Draws curves.
   *
   * @param axis what x is
   * @throws IllegalArgumentException if there are none
   */
  public static BufferedImage of(List<Curve> curves, String axis) {
    if (curves.isEmpty()) {
      throw new IllegalArgumentException("no curves to draw");
    }
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Curve curve : curves) {
      low = Math.min(low, curve.x()[0]);
      high = Math.max(high, curve.x()[curve.x().length - 1]);
    }
    double margin = high > low ? 0 : 1;
    int height = curves.size() * (TOP + HEIGHT + BELOW) + BELOW / 2;
    BufferedImage image = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
    CurvePicture picture = new CurvePicture(image, Lettering.best(), low - margin, high + margin);
    picture.graphics.setColor(BACKGROUND);
    picture.graphics.fillRect(0, 0, WIDTH, height);
    for (int i = 0; i < curves.size(); i++) {
      picture.panel(curves.get(i), i * (TOP + HEIGHT + BELOW) + TOP, axis);
    }
    picture.graphics.dispose();
    return image;
  }

  private void panel(Curve curve, int top, String axis) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : curve.y()) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    double margin = high > low ? 0.05 * (high - low) : Math.max(1e-3, 0.1 * Math.abs(high));
    Scale scale = new Scale(low - margin, high + margin, top);
    lettering.write(image, lettering.fit(curve.title(), WIDTH - LEFT), LEFT, top - 12);
    List<Double> values = Ticks.between(scale.low, scale.high, TICKS);
    double step = values.size() > 1 ? values.get(1) - values.get(0) : 1;
    for (double value : values) {
      int y = (int) Math.round(scale.y(value));
      graphics.setColor(GRID);
      graphics.drawLine(LEFT, y, WIDTH - RIGHT, y);
      String label = Ticks.label(value, step);
      lettering.write(image, label, LEFT - 10 - lettering.width(label), y + lettering.height() / 2);
    }
    graphics.setColor(AXIS);
    graphics.drawLine(LEFT, top + HEIGHT, WIDTH - RIGHT, top + HEIGHT);
    int baseline = top + HEIGHT + 8 + lettering.height();
    for (double tick : Ticks.between(first, last, 8)) {
      if (tick == Math.rint(tick)) {
        int x = (int) Math.round(x(tick));
        graphics.drawLine(x, top + HEIGHT, x, top + HEIGHT + 4);
        String label = Ticks.label(tick, 1);
        int left = Math.min(x - lettering.width(label) / 2, WIDTH - lettering.width(label) - 4);
        lettering.write(image, label, left, baseline);
      }
    }
    lettering.write(image, axis, Math.max(4, LEFT - 20 - lettering.width(axis)), baseline);
    points(curve, scale);
  }

  private void points(Curve curve, Scale scale) {
    graphics.setColor(LINE);
    graphics.setStroke(new BasicStroke(2));
    for (int i = 1; i < curve.x().length; i++) {
      graphics.drawLine(
          (int) Math.round(x(curve.x()[i - 1])),
          (int) Math.round(scale.y(curve.y()[i - 1])),
          (int) Math.round(x(curve.x()[i])),
          (int) Math.round(scale.y(curve.y()[i])));
    }
    graphics.setStroke(new BasicStroke(1));
    for (int i = 0; i < curve.x().length; i++) {
      int size = i == curve.marked() ? 2 * DOT : DOT;
      graphics.setColor(i == curve.marked() ? MARK : LINE);
      graphics.fillOval(
          (int) Math.round(x(curve.x()[i])) - size / 2,
          (int) Math.round(scale.y(curve.y()[i])) - size / 2,
          size,
          size);
    }
  }

  private double x(double value) {
    return LEFT + (value - first) / (last - first) * (WIDTH - LEFT - RIGHT);
  }

  /** Values of one panel. */
  private record Scale(double low, double high, int top) {
    double y(double value) {
      return top + (high - value) / (high - low) * HEIGHT;
    }
  }
}
