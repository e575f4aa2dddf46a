package org.vocalise.eval.report;

import java.util.Locale;

/** Numbers and marks of drawings; colours and letters come from the page's style. */
final class Svg {
  private Svg() {}

  /** A coordinate: two decimals are a fraction of a pixel. */
  static String at(double coordinate) {
    String text = String.format(Locale.ROOT, "%.2f", coordinate + 0.0);
    return text.endsWith(".00") ? text.substring(0, text.length() - 3) : text;
  }

  /** Begins a drawing that is scaled to the room it gets. */
  static void begin(Html html, String shape, double width, double height, String words) {
    html.open(
        "svg",
        "class",
        shape,
        "viewBox",
        "0 0 " + at(width) + " " + at(height),
        "role",
        "img",
        "aria-label",
        words);
  }

  /** A straight line. */
  static void line(Html html, String shape, double x1, double y1, double x2, double y2) {
    html.open("line", "class", shape, "x1", at(x1), "y1", at(y1), "x2", at(x2), "y2", at(y2))
        .close();
  }

  /** A short text; {@code anchor} is start, middle or end. */
  static void label(Html html, String text, double x, double y, String anchor) {
    html.leaf("text", text, "x", at(x), "y", at(y), "text-anchor", anchor);
  }

  /** Whole seconds along the bottom of a plot. */
  static void seconds(
      Html html, double seconds, double left, double width, double bottom, String unit) {
    double step = 1;
    while (seconds / step > 8) {
      step = step == 1 ? 2 : step == 2 ? 5 : 2 * step;
    }
    if (seconds < 2) {
      step = seconds < 0.5 ? 0.1 : 0.5;
    }
    for (int i = 0; i * step <= seconds + 1e-9; i++) {
      double x = left + i * step / seconds * width;
      line(html, "tick", x, bottom, x, bottom + 4);
      String number = step < 1 ? String.format(Locale.ROOT, "%.1f", i * step) : at(i * step);
      label(
          html, i == 0 ? number + " " + unit : number, x, bottom + 15, i == 0 ? "start" : "middle");
    }
  }
}
