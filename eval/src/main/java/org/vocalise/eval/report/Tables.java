package org.vocalise.eval.report;

/** Cells of sortable tables. */
final class Tables {
  private Tables() {}

  /** Begins a part that is scrolled sideways where it is too wide, by keyboard too. */
  static void scroll(Html html, String words) {
    html.leaf("p", words, "class", "caption");
    html.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", words);
  }

  /** A heading that sorts by its column. */
  static void heading(Html html, String text, boolean words) {
    html.open("th", "scope", "col", "class", words ? "words" : "number");
    html.leaf("button", text, "type", "button").close();
  }

  /** A number, printed in words of its own. */
  static void number(Html html, double value, String printed) {
    html.leaf("td", printed, "class", "number", "data-v", Double.toString(value));
  }

  /** A number that is not there; it is sorted behind all others. */
  static void none(Html html) {
    html.leaf("td", "none", "class", "number quiet");
  }
}
