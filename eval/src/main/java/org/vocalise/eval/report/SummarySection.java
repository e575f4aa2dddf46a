package org.vocalise.eval.report;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vocalise.eval.result.Interval;
import org.vocalise.eval.result.Scores;
import org.vocalise.eval.result.SystemScores;

/** The table of means: a row for each metric, a column for each system. */
final class SummarySection {
  /** Number of colours that the page's style has for systems. */
  static final int COLOURS = 8;

  private SummarySection() {}

  static void write(Html html, Scores scores, ReportInfo info) {
    html.open("section", "class", "slide", "id", "results").leaf("h2", "Results");
    Prose.write(html, info.results());
    List<SystemScores> systems = scores.systems();
    Tables.scroll(html, "Means over files, and their 95 % bootstrap intervals.");
    html.open("table", "class", "summary");
    html.open("thead").open("tr").leaf("th", "Metric", "scope", "col");
    for (int i = 0; i < systems.size(); i++) {
      html.open("th", "scope", "col", "class", "number");
      html.open("span", "class", "swatch s" + i % COLOURS).close();
      html.name(systems.get(i).name());
      html.leaf("span", files(systems.get(i).files().size()), "class", "small").close();
    }
    html.leaf("th", "Drawn on one scale", "scope", "col", "class", "drawn").closeTo("thead");
    html.open("tbody").line();
    for (MetricText metric : metrics(scores)) {
      row(html, metric, systems);
    }
    html.closeTo("div").close().line();
  }

  /** The metrics of a report, in the usual order. */
  static List<MetricText> metrics(Scores scores) {
    Set<String> keys = new LinkedHashSet<>();
    for (SystemScores system : scores.systems()) {
      keys.addAll(system.means().keySet());
      system.files().forEach(file -> keys.addAll(file.scores().keySet()));
    }
    return MetricText.ordered(keys);
  }

  static String files(int count) {
    return count == 1 ? "1 file" : count + " files";
  }

  private static void row(Html html, MetricText metric, List<SystemScores> systems) {
    html.open("tr").open("th", "scope", "row").text(metric.heading());
    html.leaf("span", metric.better().words, "class", "small");
    if (!metric.meaning().isEmpty()) {
      html.leaf("span", metric.meaning(), "class", "small meaning");
    }
    html.close();
    @Nullable Double best = best(metric, systems);
    for (SystemScores system : systems) {
      cell(html, metric, system, best);
    }
    html.open("td", "class", "drawn");
    IntervalPlot.write(html, metric, systems, systems);
    html.close().close().line();
  }

  private static void cell(
      Html html, MetricText metric, SystemScores system, @Nullable Double best) {
    html.open("td", "class", "number");
    Double mean = system.means().get(metric.key());
    if (mean == null) {
      html.leaf("span", "none", "class", "quiet").close();
      return;
    }
    String figure = metric.format(mean);
    if (mean.equals(best)) {
      html.leaf("strong", figure).leaf("span", " best", "class", "best");
    } else {
      html.text(figure);
    }
    Interval interval = system.intervals().get(metric.key());
    if (interval != null) {
      html.leaf("span", words(metric, interval), "class", "small");
    }
    long scored =
        system.files().stream().filter(file -> file.scores().containsKey(metric.key())).count();
    if (scored < system.files().size()) {
      html.leaf("span", scored + " of " + files(system.files().size()), "class", "small");
    }
    html.close();
  }

  static String words(MetricText metric, Interval interval) {
    return "[" + metric.format(interval.low()) + ", " + metric.format(interval.high()) + "]";
  }

  /** The best mean of several; null where there is one system, or no better end is known. */
  private static @Nullable Double best(MetricText metric, List<SystemScores> systems) {
    if (systems.size() < 2 || metric.better() == MetricText.Better.UNKNOWN) {
      return null;
    }
    @Nullable Double best = null;
    for (SystemScores system : systems) {
      Double mean = system.means().get(metric.key());
      if (mean != null && (best == null || metric.compare(mean, best) < 0)) {
        best = mean;
      }
    }
    return best;
  }
}
