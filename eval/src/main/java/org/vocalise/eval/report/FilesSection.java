package org.vocalise.eval.report;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vocalise.eval.result.FileScores;
import org.vocalise.eval.result.FrechetScore;
import org.vocalise.eval.result.Scores;
import org.vocalise.eval.result.SkippedScore;
import org.vocalise.eval.result.SystemScores;

/** Every file of every system, what looks wrong with some, and what could not be scored. */
final class FilesSection {
  private FilesSection() {}

  static void write(Html html, Scores scores) {
    files(html, scores);
    flags(html, scores.systems());
    skipped(html, scores.systems());
  }

  private static void files(Html html, Scores scores) {
    List<MetricText> metrics = SummarySection.metrics(scores);
    List<DistanceSection.Ruler> rulers = DistanceSection.rulers(scores.systems());
    html.open("section", "class", "screen", "id", "files").leaf("h2", "All files");
    html.open("p", "class", "filter", "hidden", "hidden");
    html.open("label").text("Show names with ");
    html.empty("input", "type", "search", "data-filter", "file-table").close().close();
    Tables.scroll(html, "Scores of every file; a column's name sorts by it.");
    html.open("table", "class", "sortable files", "id", "file-table");
    html.open("thead").open("tr");
    Tables.heading(html, "File", true);
    Tables.heading(html, "System", true);
    metrics.forEach(metric -> Tables.heading(html, metric.heading(), false));
    rulers.forEach(ruler -> Tables.heading(html, "Change of " + ruler.heading(), false));
    Tables.heading(html, "Flags", false);
    html.closeTo("thead").open("tbody").line();
    for (SystemScores system : scores.systems()) {
      for (FileScores file : system.files()) {
        row(html, system, file, metrics, rulers);
      }
    }
    html.closeTo("div");
    if (!rulers.isEmpty()) {
      html.leaf(
          "p",
          "Change of a Frechet distance: what the whole set's distance changes by when this file is"
              + " left out; far below 0 means that the file is unlike the references.",
          "class",
          "small");
    }
    html.close().line();
  }

  private static void row(
      Html html,
      SystemScores system,
      FileScores file,
      List<MetricText> metrics,
      List<DistanceSection.Ruler> rulers) {
    html.open("tr").open("th", "scope", "row").name(file.name()).close();
    html.open("td").name(system.name()).close();
    for (MetricText metric : metrics) {
      number(html, file.scores().get(metric.key()), metric);
    }
    for (DistanceSection.Ruler ruler : rulers) {
      FrechetScore score = system.frechet();
      @Nullable Double change = null;
      if (score != null && ruler.equals(DistanceSection.Ruler.of(score))) {
        change = score.contributions().get(file.name());
      }
      number(html, change, null);
    }
    int flags = file.flags().size();
    Tables.number(html, flags, flags == 0 ? "" : Integer.toString(flags));
    html.close().line();
  }

  private static void number(Html html, @Nullable Double value, @Nullable MetricText metric) {
    if (value == null) {
      Tables.none(html);
    } else {
      String printed = metric == null ? DistanceSection.format(value) : metric.format(value);
      Tables.number(html, value, printed);
    }
  }

  private static void flags(Html html, List<SystemScores> systems) {
    if (flagged(systems) == 0) {
      return;
    }
    html.open("section", "class", "screen", "id", "flags").leaf("h2", "Flagged files");
    html.leaf("p", "What looks like a mistake; the scores stand as they are.");
    html.open("ul").line();
    for (SystemScores system : systems) {
      for (FileScores file : system.files()) {
        for (String flag : file.flags()) {
          html.open("li").name(file.name()).text(" of ").name(system.name());
          html.text(": " + flag).close().line();
        }
      }
    }
    html.close().close().line();
  }

  /** Number of files with a flag. */
  static long flagged(List<SystemScores> systems) {
    return systems.stream()
        .flatMap(system -> system.files().stream())
        .filter(file -> !file.flags().isEmpty())
        .count();
  }

  private static void skipped(Html html, List<SystemScores> systems) {
    if (systems.stream().allMatch(system -> system.skipped().isEmpty())) {
      return;
    }
    html.open("section", "class", "screen", "id", "skipped").leaf("h2", "Not scored");
    html.leaf("p", "These are in no mean: a score that does not exist is not zero.");
    Tables.scroll(html, "Scores that do not exist");
    html.open("table", "class", "sortable").open("thead").open("tr");
    List.of("File", "System", "Metric", "Reason").forEach(text -> Tables.heading(html, text, true));
    html.closeTo("thead").open("tbody").line();
    for (SystemScores system : systems) {
      for (SkippedScore skipped : system.skipped()) {
        html.open("tr").open("th", "scope", "row").name(skipped.name()).close();
        html.open("td").name(system.name()).close();
        boolean whole = skipped.metric().equals("file");
        html.leaf("td", whole ? "all" : MetricText.of(skipped.metric()).title());
        html.leaf("td", skipped.reason()).close().line();
      }
    }
    html.closeTo("section").line();
  }
}
