package org.vocalise.eval.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.vocalise.eval.result.FileScores;
import org.vocalise.eval.result.Interval;
import org.vocalise.eval.result.SystemScores;
import org.vocalise.eval.statistics.Bootstrap;
import org.vocalise.eval.statistics.Holm;
import org.vocalise.eval.statistics.WilcoxonSignedRank;

/**
 * Whether two systems differ in a metric, over the files that have it in both.
 *
 * @param metric key
 * @param first name of a system
 * @param second name of another
 * @param files number of files that both have a score of
 * @param meanDifference first minus second
 * @param interval of the mean difference, 95 %; null for fewer than two files
 * @param p of Wilcoxon's signed-rank test, two-sided
 * @param corrected the same, corrected by Holm over all pairs of systems of this metric
 */
public record PairedTest(
    String metric,
    String first,
    String second,
    int files,
    double meanDifference,
    @Nullable Interval interval,
    double p,
    double corrected) {
  /** Below this a corrected p is taken for a difference. */
  public static final double LEVEL = 0.05;

  /** Whether the systems differ by more than chance explains. */
  public boolean significant() {
    return corrected < LEVEL;
  }

  /** Tests all pairs of systems that share files, metric by metric. */
  public static List<PairedTest> all(List<SystemScores> systems) {
    Set<String> metrics = new LinkedHashSet<>();
    systems.forEach(system -> metrics.addAll(system.means().keySet()));
    List<PairedTest> tests = new ArrayList<>();
    for (MetricText metric : MetricText.ordered(metrics)) {
      tests.addAll(corrected(pairs(metric.key(), systems)));
    }
    return tests;
  }

  private static List<PairedTest> pairs(String metric, List<SystemScores> systems) {
    List<PairedTest> tests = new ArrayList<>();
    for (int i = 0; i < systems.size(); i++) {
      for (int j = i + 1; j < systems.size(); j++) {
        PairedTest test = test(metric, systems.get(i), systems.get(j));
        if (test.files() > 0) {
          tests.add(test);
        }
      }
    }
    return tests;
  }

  private static PairedTest test(String metric, SystemScores first, SystemScores second) {
    Map<String, Double> others = new HashMap<>();
    for (FileScores file : second.files()) {
      Double score = file.scores().get(metric);
      if (score != null) {
        others.put(file.name(), score);
      }
    }
    List<FileScores> shared =
        first.files().stream()
            .filter(file -> file.scores().containsKey(metric) && others.containsKey(file.name()))
            .toList();
    double[] a = shared.stream().mapToDouble(file -> file.scores().get(metric)).toArray();
    double[] b = shared.stream().mapToDouble(file -> others.get(file.name())).toArray();
    double[] differences = IntStream.range(0, a.length).mapToDouble(i -> a[i] - b[i]).toArray();
    double sum = 0;
    for (double difference : differences) {
      sum += difference;
    }
    double p = WilcoxonSignedRank.of(a, b).p();
    return new PairedTest(
        metric,
        first.name(),
        second.name(),
        a.length,
        a.length == 0 ? 0 : sum / a.length,
        Bootstrap.meanInterval(differences),
        p,
        p);
  }

  private static List<PairedTest> corrected(List<PairedTest> tests) {
    double[] corrected = Holm.corrected(tests.stream().mapToDouble(PairedTest::p).toArray());
    return IntStream.range(0, corrected.length)
        .mapToObj(i -> tests.get(i).withCorrected(corrected[i]))
        .toList();
  }

  private PairedTest withCorrected(double value) {
    return new PairedTest(metric, first, second, files, meanDifference, interval, p, value);
  }
}
