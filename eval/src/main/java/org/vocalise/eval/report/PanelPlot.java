package org.vocalise.eval.report;

import java.awt.image.BufferedImage;
import java.io.IOException;

/** A spectrogram with axes in seconds and kHz. */
final class PanelPlot {
  private static final double WIDTH = 360;
  private static final double HEIGHT = 196;
  private static final double LEFT = 26;
  private static final double TOP = 6;
  private static final double RIGHT = 6;
  private static final double BOTTOM = 20;

  private PanelPlot() {}

  /** Draws the picture of a panel, which shows 0 Hz to half of {@code rate}. */
  static void write(
      Html html, String caption, String words, BufferedImage picture, double seconds, int rate)
      throws IOException {
    double width = WIDTH - LEFT - RIGHT;
    double height = HEIGHT - TOP - BOTTOM;
    html.open("figure").open("figcaption").text(caption).close();
    Svg.begin(html, "plot", WIDTH, HEIGHT, words);
    html.open(
            "image",
            "href",
            DataUri.png(picture),
            "x",
            Svg.at(LEFT),
            "y",
            Svg.at(TOP),
            "width",
            Svg.at(width),
            "height",
            Svg.at(height),
            "preserveAspectRatio",
            "none")
        .close();
    double top = rate / 2000.0;
    double step = top > 12 ? 4 : top > 4 ? 2 : 1;
    for (double kilohertz = 0; kilohertz <= top; kilohertz += step) {
      double y = TOP + height * (1 - kilohertz / top);
      Svg.line(html, "tick", LEFT - 4, y, LEFT, y);
      Svg.label(html, Svg.at(kilohertz), LEFT - 6, y + 4, "end");
    }
    Svg.seconds(html, seconds, LEFT, width, TOP + height, "s");
    html.close().close().line();
  }
}
