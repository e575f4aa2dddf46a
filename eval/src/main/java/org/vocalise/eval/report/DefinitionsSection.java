package org.vocalise.eval.report;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vocalise.eval.result.Scores;

/** What every figure means exactly, and with what it was computed. */
final class DefinitionsSection {
  private DefinitionsSection() {}

  static void write(Html html, Scores scores) {
    html.open("section", "class", "slide", "id", "definitions");
    html.leaf("h2", "Definitions and versions");
    html.open("p").text("Protocol ").leaf("b", scores.protocol());
    html.text(", scores.json schema " + scores.schema() + ".").close();
    html.open("dl", "class", "definitions");
    scores.definitions().forEach((key, definition) -> entry(html, key, words(definition)));
    html.close().leaf("h3", "Versions").open("dl", "class", "definitions");
    scores.versions().forEach((key, version) -> entry(html, key, version));
    html.close().close().line();
  }

  private static void entry(Html html, String key, String words) {
    html.open("div").open("dt").leaf("code", key).close().leaf("dd", words).close().line();
  }

  /** A value of a JSON document on one line. */
  static String words(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(entry -> entry.getKey() + " " + nested(entry.getValue()))
          .collect(Collectors.joining("; "));
    }
    if (value instanceof List<?> list) {
      return list.stream().map(DefinitionsSection::nested).collect(Collectors.joining(", "));
    }
    return String.valueOf(value);
  }

  private static String nested(@Nullable Object value) {
    String words = words(value);
    return value instanceof Map || value instanceof List ? "(" + words + ")" : words;
  }
}
