package org.vocalise.cli.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/** What was measured: lines as they come, and all of it as a document. Not thread-safe. */
public final class Report {
  private final Consumer<String> lines;
  private final Map<String, Object> document = new LinkedHashMap<>();
  private Map<String, Object> section = document;

  /** Passes finished lines on. */
  public Report(Consumer<String> lines) {
    this.lines = lines;
  }

  /** Begins a group of figures. */
  public void section(String key, String title) {
    section = new LinkedHashMap<>();
    document.put(key, section);
    lines.accept("");
    lines.accept(title);
  }

  /** States a figure. */
  public void figure(String name, Series series) {
    section.put(name, series.asMap());
    lines.accept(String.format(Locale.ROOT, "  %-44s", name) + series);
  }

  /** States a fact. */
  public void fact(String name, String value) {
    section.put(name, value);
    lines.accept(String.format(Locale.ROOT, "  %-44s", name) + value);
  }

  /** Everything so far, by section. */
  public Map<String, Object> document() {
    return document;
  }
}
