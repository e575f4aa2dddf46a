package org.vocalise.eval.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What all pages share: the style, the sorting, and that nothing comes from elsewhere. */
final class Page {
  /** Nothing but what is in the page itself may be loaded. */
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:;"
          + " media-src data:";

  /** A page that is read from a disk has no origin, so that its neighbours are not its own. */
  private static final String NEIGHBOURS = " 'self' file:";

  private Page() {}

  /** Begins a page, up to its body. */
  static Html begin(String title) {
    return begin(title, POLICY);
  }

  /** Begins a page that plays sounds which lie beside it. */
  static Html beginLinking(String title) {
    return begin(title, POLICY + NEIGHBOURS);
  }

  private static Html begin(String title, String policy) {
    Html html = new Html();
    html.markup("<!DOCTYPE html>\n").open("html", "lang", "en").open("head").line();
    html.empty("meta", "charset", "utf-8").line();
    html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.empty("meta", "name", "color-scheme", "content", "light dark");
    html.empty("meta", "http-equiv", "Content-Security-Policy", "content", policy).line();
    html.leaf("title", title).line();
    html.open("style").markup(resource("report.css")).close().close().line();
    html.open("body").line();
    return html;
  }

  /** Ends a page. */
  static String end(Html html) {
    html.open("script").markup(resource("report.js")).close().line();
    return html.page() + "\n";
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is not beside " + Page.class);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
