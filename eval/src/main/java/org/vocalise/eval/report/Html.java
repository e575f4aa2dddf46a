package org.vocalise.eval.report;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A page that is written from its beginning: every text and every value of an attribute is escaped,
 * every element is closed. Not thread-safe.
 */
final class Html {
  private final StringBuilder page = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /** Begins an element. */
  Html open(String name, String... attributes) {
    start(name, attributes);
    open.push(name);
    return this;
  }

  /** Ends the element begun last. */
  Html close() {
    page.append("</").append(open.pop()).append('>');
    return this;
  }

  /** Ends elements until one of this name is ended. */
  Html closeTo(String name) {
    while (!name.equals(open.peek())) {
      close();
    }
    return close();
  }

  /** Writes an element that has no content. */
  Html empty(String name, String... attributes) {
    start(name, attributes);
    return this;
  }

  /** Writes an element with a text in it. */
  Html leaf(String name, String text, String... attributes) {
    return open(name, attributes).text(text).close();
  }

  /** Writes a name from outside, kept apart from the direction in which others are written. */
  Html name(String text) {
    return leaf("bdi", text);
  }

  /** Writes a text. */
  Html text(String text) {
    escape(text);
    return this;
  }

  /** Writes markup of our own as it is. */
  Html markup(String markup) {
    page.append(markup);
    return this;
  }

  /** Ends a line of the source. */
  Html line() {
    page.append('\n');
    return this;
  }

  private void start(String name, String... attributes) {
    page.append('<').append(name);
    for (int i = 0; i < attributes.length; i += 2) {
      page.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1]);
      page.append('"');
    }
    page.append('>');
  }

  /** Control characters and halves of surrogate pairs can't stand in a page. */
  private void escape(String text) {
    text.codePoints()
        .forEach(
            point -> {
              switch (point) {
                case '&' -> page.append("&amp;");
                case '<' -> page.append("&lt;");
                case '>' -> page.append("&gt;");
                case '"' -> page.append("&quot;");
                case '\'' -> page.append("&#39;");
                case '\n', '\t' -> page.append((char) point);
                default -> {
                  boolean impossible =
                      Character.isISOControl(point)
                          || Character.getType(point) == Character.SURROGATE;
                  page.appendCodePoint(impossible ? 0xFFFD : point);
                }
              }
            });
  }

  /** The page, all elements closed. */
  String page() {
    while (!open.isEmpty()) {
      close();
    }
    return page.toString();
  }
}
