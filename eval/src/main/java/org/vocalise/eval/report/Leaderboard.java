package org.vocalise.eval.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.io.InputException;
import org.vocalise.eval.result.Scores;
import org.vocalise.eval.result.SystemScores;

/**
 * Several systems ranked, of one run or of several that were scored alike. Where they have
 * different files, means, intervals and tests are over those that all have; Frechet distances stay
 * those of the whole sets.
 *
 * @param scores of all systems, under names that differ, the best first
 * @param rankedBy metric that orders them
 * @param ranks by system and metric key, from 1; equal means share a rank
 * @param sources file that each system was read from
 * @param tests of all pairs in all metrics
 * @param notes what a reader should know, one sentence each
 */
public record Leaderboard(
    Scores scores,
    String rankedBy,
    Map<String, Map<String, Integer>> ranks,
    Map<String, String> sources,
    List<PairedTest> tests,
    List<String> notes) {
  /** Key that ranks by the Frechet distance. */
  public static final String FRECHET = MetricText.FRECHET;

  /**
   * Ranks the systems of runs.
   *
   * @param rankBy metric key, or {@value MetricText#FRECHET}; null for M-STFT, or else the first
   *     metric that there is
   * @throws InputException if runs were not scored alike or share no file
   * @throws IllegalArgumentException if no system has the metric; it names those that there are
   */
  public static Leaderboard of(List<ScoredRun> runs, @Nullable String rankBy)
      throws InputException {
    Comparability.check(runs);
    Iterator<String> names = SystemNames.of(runs).iterator();
    List<String> notes = new ArrayList<>();
    SharedFiles shared = SharedFiles.of(runs);
    notes.addAll(shared.notes());
    Map<String, String> sources = new LinkedHashMap<>();
    List<SystemScores> systems = new ArrayList<>();
    Map<String, Map<String, Object>> definitions = new LinkedHashMap<>();
    Map<String, Set<String>> versions = new LinkedHashMap<>();
    for (ScoredRun run : runs) {
      run.scores().definitions().forEach(definitions::putIfAbsent);
      run.scores()
          .versions()
          .forEach(
              (key, version) -> versions.computeIfAbsent(key, k -> new TreeSet<>()).add(version));
      for (SystemScores system : run.scores().systems()) {
        String name = names.next();
        sources.put(name, run.source().toString());
        systems.add(shared.of(system, name));
      }
    }
    Map<String, String> joined = new LinkedHashMap<>();
    versions.forEach((key, different) -> joined.put(key, String.join(", ", different)));
    joined.forEach(
        (key, different) -> {
          if (different.contains(", ")) {
            notes.add(
                "The runs were made with different versions of " + key + ": " + different + ".");
          }
        });
    List<MetricText> metrics = metrics(systems);
    MetricText by = rankedBy(metrics, rankBy);
    Map<String, Map<String, Integer>> ranks = ranks(systems, metrics);
    systems.sort(
        Comparator.comparing(
                (SystemScores system) -> rank(ranks, system.name(), by.key()),
                Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(SystemScores::name));
    notes.addAll(missing(systems, metrics));
    Scores scores =
        new Scores(
            Scores.SCHEMA,
            runs.get(0).scores().protocol(),
            definitions,
            joined,
            List.copyOf(systems));
    return new Leaderboard(
        scores, by.key(), ranks, sources, PairedTest.all(systems), List.copyOf(notes));
  }

  /** A system's mean, or its Frechet distance; null where it has none. */
  static @Nullable Double value(SystemScores system, String key) {
    if (key.equals(FRECHET)) {
      return system.frechet() == null ? null : system.frechet().value();
    }
    return system.means().get(key);
  }

  /** Rank of a system by a metric; null where it has none. */
  public @Nullable Integer rank(String system, String key) {
    return rank(ranks, system, key);
  }

  private static @Nullable Integer rank(
      Map<String, Map<String, Integer>> ranks, String system, String key) {
    return ranks.getOrDefault(system, Map.of()).get(key);
  }

  private static List<MetricText> metrics(List<SystemScores> systems) {
    Set<String> keys = new LinkedHashSet<>();
    systems.forEach(system -> keys.addAll(system.means().keySet()));
    if (systems.stream().anyMatch(system -> system.frechet() != null)) {
      keys.add(FRECHET);
    }
    return MetricText.ordered(keys);
  }

  private static MetricText rankedBy(List<MetricText> metrics, @Nullable String key) {
    return metrics.stream()
        .filter(metric -> metric.better() != MetricText.Better.UNKNOWN)
        .filter(metric -> key == null || metric.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s is no metric that these runs can be ranked by; there are %s"
                        .formatted(
                            key,
                            metrics.stream()
                                .filter(metric -> metric.better() != MetricText.Better.UNKNOWN)
                                .map(MetricText::key)
                                .collect(Collectors.joining(", ")))));
  }

  private static Map<String, Map<String, Integer>> ranks(
      List<SystemScores> systems, List<MetricText> metrics) {
    Map<String, Map<String, Integer>> ranks = new LinkedHashMap<>();
    for (SystemScores system : systems) {
      Map<String, Integer> own = new LinkedHashMap<>();
      for (MetricText metric : metrics) {
        Double value = value(system, metric.key());
        if (value != null && metric.better() != MetricText.Better.UNKNOWN) {
          int better = 0;
          for (SystemScores other : systems) {
            Double another = value(other, metric.key());
            better += another != null && metric.compare(another, value) < 0 ? 1 : 0;
          }
          own.put(metric.key(), better + 1);
        }
      }
      ranks.put(system.name(), own);
    }
    return ranks;
  }

  private static List<String> missing(List<SystemScores> systems, List<MetricText> metrics) {
    List<String> notes = new ArrayList<>();
    for (MetricText metric : metrics) {
      Set<String> without =
          systems.stream()
              .filter(system -> value(system, metric.key()) == null)
              .map(SystemScores::name)
              .collect(Collectors.toCollection(TreeSet::new));
      if (!without.isEmpty()) {
        notes.add("%s has no %s.".formatted(SharedFiles.list(without), metric.title()));
      }
    }
    return notes;
  }
}
