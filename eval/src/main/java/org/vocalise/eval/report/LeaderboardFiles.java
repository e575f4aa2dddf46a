package org.vocalise.eval.report;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vocalise.eval.result.FrechetScore;
import org.vocalise.eval.result.Interval;
import org.vocalise.eval.result.ScoresCsv;
import org.vocalise.eval.result.SystemScores;

/** A leaderboard for programs. */
public final class LeaderboardFiles {
  private static final int SCHEMA = 1;

  private LeaderboardFiles() {}

  /**
   * As a JSON document: {@code schema, protocol, ranked_by, files, systems, tests, notes,
   * definitions, versions}; the systems' best one first.
   */
  public static Map<String, Object> document(Leaderboard board) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("schema", SCHEMA);
    document.put("protocol", board.scores().protocol());
    document.put("ranked_by", board.rankedBy());
    document.put("files", board.scores().systems().get(0).files().size());
    document.put("notes", board.notes());
    document.put(
        "systems", board.scores().systems().stream().map(system -> system(board, system)).toList());
    document.put("tests", board.tests().stream().map(LeaderboardFiles::test).toList());
    document.put("definitions", board.scores().definitions());
    document.put("versions", board.scores().versions());
    return document;
  }

  private static Map<String, Object> system(Leaderboard board, SystemScores system) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", system.name());
    entry.put("source", board.sources().getOrDefault(system.name(), ""));
    entry.put("ranks", board.ranks().getOrDefault(system.name(), Map.of()));
    entry.put("means", system.means());
    Map<String, Object> intervals = new LinkedHashMap<>();
    system.intervals().forEach((key, interval) -> intervals.put(key, interval.bounds()));
    entry.put("intervals", intervals);
    FrechetScore score = system.frechet();
    if (score != null) {
      Map<String, Object> frechet = new LinkedHashMap<>();
      frechet.put("embedding", score.embedding());
      frechet.put("weights_sha256", score.weightsSha256());
      frechet.put("value", score.value());
      frechet.put("infinity", score.infinity());
      frechet.put("windows", score.windows());
      entry.put("frechet", frechet);
    }
    return entry;
  }

  private static Map<String, Object> test(PairedTest test) {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("metric", test.metric());
    entry.put("first", test.first());
    entry.put("second", test.second());
    entry.put("files", test.files());
    entry.put("mean_difference", test.meanDifference());
    Interval interval = test.interval();
    entry.put("interval", interval == null ? null : interval.bounds());
    entry.put("p", test.p());
    entry.put("p_holm", test.corrected());
    return entry;
  }

  /**
   * As a table: {@code rank,system,source}, then for each metric its mean, its interval's bounds
   * and the rank; then the Frechet distances, a column for each embedding.
   */
  public static String csv(Leaderboard board) {
    List<SystemScores> systems = board.scores().systems();
    List<MetricText> metrics = SummarySection.metrics(board.scores());
    List<DistanceSection.Ruler> rulers = DistanceSection.rulers(systems);
    List<String> header = new ArrayList<>(List.of("rank", "system", "source"));
    for (MetricText metric : metrics) {
      String key = metric.key();
      header.addAll(List.of(key, key + "_low", key + "_high", key + "_rank"));
    }
    rulers.forEach(ruler -> header.add("frechet_" + ruler.embedding()));
    StringBuilder text = new StringBuilder();
    ScoresCsv.row(text, header);
    for (SystemScores system : systems) {
      List<String> cells = new ArrayList<>();
      cells.add(cell(board.rank(system.name(), board.rankedBy())));
      cells.add(system.name());
      cells.add(board.sources().getOrDefault(system.name(), ""));
      for (MetricText metric : metrics) {
        Interval interval = system.intervals().get(metric.key());
        cells.add(cell(system.means().get(metric.key())));
        cells.add(interval == null ? "" : cell(interval.low()));
        cells.add(interval == null ? "" : cell(interval.high()));
        cells.add(cell(board.rank(system.name(), metric.key())));
      }
      for (DistanceSection.Ruler ruler : rulers) {
        FrechetScore score = system.frechet();
        boolean same = score != null && ruler.equals(DistanceSection.Ruler.of(score));
        cells.add(same ? cell(Leaderboard.value(system, MetricText.FRECHET)) : "");
      }
      ScoresCsv.row(text, cells);
    }
    return text.toString();
  }

  /** Shortest decimals, the same on every JDK. */
  private static String cell(@Nullable Number value) {
    if (value == null) {
      return "";
    }
    return value instanceof Double number ? NumberOutput.toString(number, true) : value.toString();
  }
}
