package org.vocalise.eval.report;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Texts of a person: paragraphs between empty lines, and lists of lines that begin with "- ". */
final class Prose {
  private static final String POINT = "- ";

  private Prose() {}

  static void write(Html html, @Nullable String text) {
    if (text == null) {
      return;
    }
    List<String> block = new ArrayList<>();
    for (String line : text.lines().map(String::strip).toList()) {
      if (line.isEmpty()) {
        block(html, block);
        block.clear();
      } else {
        block.add(line);
      }
    }
    block(html, block);
  }

  private static void block(Html html, List<String> lines) {
    int point = 0;
    while (point < lines.size() && !lines.get(point).startsWith(POINT)) {
      point++;
    }
    if (point > 0) {
      html.leaf("p", String.join(" ", lines.subList(0, point))).line();
    }
    if (point < lines.size()) {
      points(html, lines.subList(point, lines.size()));
    }
  }

  /** A line that does not begin with a dash goes on with the point before it. */
  private static void points(Html html, List<String> lines) {
    html.open("ul");
    StringBuilder current = new StringBuilder();
    for (String line : lines) {
      if (line.startsWith(POINT) && !current.isEmpty()) {
        html.leaf("li", current.toString());
        current.setLength(0);
      }
      current.append(current.isEmpty() ? "" : " ");
      current.append(line.startsWith(POINT) ? line.substring(POINT.length()) : line);
    }
    html.leaf("li", current.toString()).close().line();
  }
}
