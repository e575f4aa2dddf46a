package org.vocalise.eval.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.vocalise.eval.result.FileScores;
import org.vocalise.eval.result.FrechetScore;
import org.vocalise.eval.result.Interval;
import org.vocalise.eval.result.SkippedScore;
import org.vocalise.eval.result.SystemScores;
import org.vocalise.eval.statistics.Bootstrap;

/** What a system's files come to. */
final class Summary {
  private Summary() {}

  /**
   * Means and intervals over the files that have the score.
   *
   * @param definitions of the metrics, whose order the means have
   * @param skipped of the system as a whole; those of its files are added
   */
  static SystemScores of(
      String system,
      List<ScoredFile> scored,
      Duplicates duplicates,
      Map<String, Map<String, Object>> definitions,
      @Nullable FrechetScore frechet,
      List<SkippedScore> skipped) {
    List<FileScores> files = new ArrayList<>();
    List<SkippedScore> all = new ArrayList<>(skipped);
    for (ScoredFile file : scored) {
      files.add(flagged(file, duplicates.of(file)));
      all.addAll(file.skipped());
    }
    all.sort(Comparator.comparing(SkippedScore::name).thenComparing(SkippedScore::metric));
    Map<String, Double> means = new LinkedHashMap<>();
    Map<String, Interval> intervals = new LinkedHashMap<>();
    for (String key : definitions.keySet()) {
      double[] values =
          files.stream()
              .map(file -> file.scores().get(key))
              .filter(Objects::nonNull)
              .mapToDouble(Double::doubleValue)
              .toArray();
      if (values.length > 0) {
        means.put(key, mean(values));
        Interval interval = Bootstrap.meanInterval(values);
        if (interval != null) {
          intervals.put(key, interval);
        }
      }
    }
    return new SystemScores(system, files, means, intervals, frechet, all);
  }

  private static FileScores flagged(ScoredFile scored, @Nullable String duplicate) {
    FileScores file = scored.file();
    if (duplicate == null) {
      return file;
    }
    List<String> flags = new ArrayList<>(file.flags());
    flags.add(duplicate);
    return new FileScores(
        file.name(), file.reference(), file.synthesis(), file.scores(), List.copyOf(flags));
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
