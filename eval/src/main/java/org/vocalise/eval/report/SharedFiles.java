package org.vocalise.eval.report;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.io.InputException;
import org.vocalise.eval.result.FileScores;
import org.vocalise.eval.result.Interval;
import org.vocalise.eval.result.SystemScores;
import org.vocalise.eval.statistics.Bootstrap;

/**
 * The files that all systems have: means over other files would rank the files.
 *
 * @param names of the files
 * @param others files that some system lacks
 */
record SharedFiles(Set<String> names, Set<String> others) {
  private static final int MOST_LISTED = 5;

  /**
   * Finds them.
   *
   * @throws InputException if there is none, or no system
   */
  static SharedFiles of(List<ScoredRun> runs) throws InputException {
    @Nullable Set<String> shared = null;
    Set<String> all = new TreeSet<>();
    for (ScoredRun run : runs) {
      for (SystemScores system : run.scores().systems()) {
        Set<String> own =
            system.files().stream()
                .map(FileScores::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        all.addAll(own);
        if (shared == null) {
          shared = new LinkedHashSet<>(own);
        } else {
          shared.retainAll(own);
        }
        if (shared.isEmpty()) {
          throw new InputException(
              run.source(),
              own.isEmpty()
                  ? "system '" + system.name() + "' has no scored file"
                  : "system '"
                      + system.name()
                      + "' shares no file name with those before it: compare runs over the same"
                      + " recordings");
        }
      }
    }
    if (shared == null) {
      throw new InputException(runs.get(0).source(), "holds no system");
    }
    all.removeAll(shared);
    return new SharedFiles(shared, all);
  }

  /** What a reader should know. */
  List<String> notes() {
    return others.isEmpty()
        ? List.of()
        : List.of(
            ("The systems have different files: means, intervals and tests are over the %d that all"
                    + " have, without %s.")
                .formatted(names.size(), list(others)));
  }

  /** Names on a line. */
  static String list(Set<String> names) {
    String first = names.stream().limit(MOST_LISTED).collect(Collectors.joining(", "));
    int more = names.size() - MOST_LISTED;
    return more <= 0 ? first : first + " and " + more + " more";
  }

  /** A system under another name, its means and intervals over these files. */
  SystemScores of(SystemScores system, String name) {
    if (others.isEmpty()) {
      return new SystemScores(
          name,
          system.files(),
          system.means(),
          system.intervals(),
          system.frechet(),
          system.skipped());
    }
    List<FileScores> files =
        system.files().stream().filter(file -> names.contains(file.name())).toList();
    Map<String, Double> means = new LinkedHashMap<>();
    Map<String, Interval> intervals = new LinkedHashMap<>();
    for (String key : system.means().keySet()) {
      double[] values =
          files.stream()
              .filter(file -> file.scores().containsKey(key))
              .mapToDouble(file -> file.scores().get(key))
              .toArray();
      if (values.length > 0) {
        means.put(key, mean(values));
        Interval interval = Bootstrap.meanInterval(values);
        if (interval != null) {
          intervals.put(key, interval);
        }
      }
    }
    return new SystemScores(name, files, means, intervals, system.frechet(), system.skipped());
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
