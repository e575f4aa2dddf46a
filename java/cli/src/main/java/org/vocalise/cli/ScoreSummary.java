package org.vocalise.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.vocalise.cli.batch.Console;
import org.vocalise.eval.result.FileScores;
import org.vocalise.eval.result.FrechetScore;
import org.vocalise.eval.result.Interval;
import org.vocalise.eval.result.Scores;
import org.vocalise.eval.result.SystemScores;

/** Prints the result of {@code vocalise score}: a table on standard output, flags as warnings. */
final class ScoreSummary {
  private static final int SHOWN = 10;

  private ScoreSummary() {}

  static void print(Scores scores, Console console) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(row("", scores.systems().stream().map(SystemScores::name).toList()));
    rows.add(
        row(
            "files",
            scores.systems().stream().map(s -> String.valueOf(s.files().size())).toList()));
    for (String key : scores.metricKeys()) {
      rows.add(row(key, scores.systems().stream().map(system -> mean(system, key)).toList()));
    }
    if (scores.definitions().containsKey(Scores.EMBEDDING)) {
      Object embedding = scores.definitions().get(Scores.EMBEDDING).get("embedding");
      rows.add(
          row(
              "frechet " + embedding,
              scores.systems().stream().map(ScoreSummary::frechet).toList()));
    }
    rows.add(
        row(
            "skipped",
            scores.systems().stream().map(s -> String.valueOf(s.skipped().size())).toList()));
    table(rows).forEach(console::result);
    flags(scores, console);
  }

  private static List<String> row(String head, List<String> cells) {
    List<String> row = new ArrayList<>(List.of(head));
    row.addAll(cells);
    return row;
  }

  private static String mean(SystemScores system, String key) {
    Double mean = system.means().get(key);
    Interval interval = system.intervals().get(key);
    if (mean == null) {
      return "-";
    }
    return interval == null ? figure(mean) : figure(mean) + between(interval);
  }

  private static String frechet(SystemScores system) {
    FrechetScore score = system.frechet();
    if (score == null) {
      return "-";
    }
    Double infinity = score.infinity();
    Interval interval = score.interval();
    return infinity == null
        ? figure(score.value())
        : figure(score.value())
            + ", infinity "
            + figure(infinity)
            + (interval == null ? "" : between(interval));
  }

  private static String between(Interval interval) {
    return " [" + figure(interval.low()) + ", " + figure(interval.high()) + "]";
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }

  private static List<String> table(List<List<String>> rows) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int c = 0; c < columns; c++) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < columns; c++) {
        String cell = row.get(c);
        line.append(cell).append(" ".repeat(widths[c] - cell.length() + 2));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private static void flags(Scores scores, Console console) {
    List<String> lines = new ArrayList<>();
    for (SystemScores system : scores.systems()) {
      FrechetScore frechet = system.frechet();
      if (frechet != null) {
        frechet.warnings().forEach(warning -> lines.add(system.name() + ": " + warning));
      }
      for (FileScores file : system.files()) {
        file.flags().forEach(flag -> lines.add(system.name() + ": " + file.name() + ": " + flag));
      }
    }
    lines.stream().limit(SHOWN).forEach(console::warning);
    if (lines.size() > SHOWN) {
      console.warning("%d more flags are in scores.csv".formatted(lines.size() - SHOWN));
    }
  }
}
