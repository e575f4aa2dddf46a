package org.vocalise.eval.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vocalise.eval.result.FrechetScore;
import org.vocalise.eval.result.Interval;
import org.vocalise.eval.result.Scores;
import org.vocalise.eval.result.SystemScores;

/** Frechet distances: a table for each embedding, so that figures of two never stand together. */
final class DistanceSection {
  /** What a distance is measured with; equal ones are comparable. */
  record Ruler(String embedding, @Nullable String weightsSha256) {
    static Ruler of(FrechetScore score) {
      return new Ruler(score.embedding(), score.weightsSha256());
    }

    /** What its distance is called: FAD is VGGish's alone. */
    String title() {
      return switch (embedding) {
        case "vggish" -> "Frechet audio distance (FAD), VGGish";
        case "log-mel" -> "Frechet distance of log-mel statistics";
        default -> "Frechet distance, " + embedding;
      };
    }

    /** The same for a narrow column. */
    String heading() {
      return "Frechet distance, " + embedding;
    }
  }

  private record Row(SystemScores system, FrechetScore score) {}

  private DistanceSection() {}

  /** The embeddings of a report, in the order of the systems. */
  static List<Ruler> rulers(List<SystemScores> systems) {
    return List.copyOf(byRuler(systems).keySet());
  }

  private static Map<Ruler, List<Row>> byRuler(List<SystemScores> systems) {
    Map<Ruler, List<Row>> rows = new LinkedHashMap<>();
    for (SystemScores system : systems) {
      FrechetScore score = system.frechet();
      if (score != null) {
        rows.computeIfAbsent(Ruler.of(score), ruler -> new ArrayList<>())
            .add(new Row(system, score));
      }
    }
    return rows;
  }

  static void write(Html html, Scores scores) {
    Map<Ruler, List<Row>> rulers = byRuler(scores.systems());
    if (rulers.isEmpty()) {
      return;
    }
    html.open("section", "class", "slide", "id", "distances");
    html.leaf("h2", "Distance between the sets of recordings");
    html.leaf(
        "p",
        "How far the synthesised recordings as a whole lie from the references as a whole; lower is"
            + " better. It depends on the embedding and on the number of windows, and figures of"
            + " different embeddings can't be compared.");
    rulers.forEach((ruler, rows) -> table(html, ruler, rows, scores.definitions()));
    html.close().line();
  }

  private static void table(
      Html html, Ruler ruler, List<Row> rows, Map<String, Map<String, Object>> definitions) {
    html.leaf("h3", ruler.title());
    html.open("p", "class", "small").text("Embedding ");
    html.leaf("b", ruler.embedding());
    String hash = ruler.weightsSha256();
    html.text(hash == null ? ", which has no weights" : ", weights SHA-256 ");
    if (hash != null) {
      html.leaf("code", hash);
    }
    Map<String, Object> options = definitions.get("embedding");
    html.text(options == null ? "" : "; " + DefinitionsSection.words(options)).close();
    Tables.scroll(html, ruler.heading());
    html.open("table");
    html.open("thead").open("tr").leaf("th", "System", "scope", "col");
    for (String text : List.of("Distance", "At infinity", "Windows", "Reference windows")) {
      html.leaf("th", text, "scope", "col", "class", "number");
    }
    html.closeTo("thead").open("tbody").line();
    rows.forEach(row -> row(html, row));
    html.closeTo("div").line();
    for (Row row : rows) {
      for (String warning : row.score().warnings()) {
        html.open("p", "class", "warning").name(row.system().name());
        html.text(": " + warning).close().line();
      }
    }
  }

  private static void row(Html html, Row row) {
    FrechetScore score = row.score();
    html.open("tr").open("th", "scope", "row").name(row.system().name()).close();
    html.leaf("td", format(score.value()), "class", "number");
    html.open("td", "class", "number");
    Double infinity = score.infinity();
    html.text(infinity == null ? "too few windows" : format(infinity));
    Interval interval = score.interval();
    if (interval != null) {
      String words = "[" + format(interval.low()) + ", " + format(interval.high()) + "]";
      html.leaf("span", words, "class", "small");
    }
    html.close();
    html.leaf("td", Long.toString(score.windows()), "class", "number");
    html.leaf("td", Long.toString(score.referenceWindows()), "class", "number");
    html.close().line();
  }

  static String format(double distance) {
    return String.format(Locale.ROOT, "%.4f", distance + 0.0);
  }
}
