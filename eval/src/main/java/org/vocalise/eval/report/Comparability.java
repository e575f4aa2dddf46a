package org.vocalise.eval.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.io.InputException;
import org.vocalise.eval.result.FrechetScore;
import org.vocalise.eval.result.Scores;
import org.vocalise.eval.result.SystemScores;

/** Whether figures of two runs may stand in one column. */
final class Comparability {
  private Comparability() {}

  /**
   * Checks that all runs were scored alike; one that lacks a metric, a tracker or an embedding may
   * stand beside one that has it.
   *
   * @throws InputException if two differ; it names both files and every field that differs
   */
  static void check(List<ScoredRun> runs) throws InputException {
    for (int i = 0; i < runs.size(); i++) {
      for (int j = i + 1; j < runs.size(); j++) {
        List<String> found = differences(runs.get(i).scores(), runs.get(j).scores());
        if (!found.isEmpty()) {
          throw new InputException(
              runs.get(j).source(),
              "was scored otherwise than %s (%s): score one again as the other was"
                  .formatted(runs.get(i).source(), String.join("; ", found)));
        }
      }
    }
  }

  /** Texts like {@code tracker.name: 'yin' here, 'crepe-full' there}: the second, the first. */
  private static List<String> differences(Scores first, Scores second) {
    List<String> found = new ArrayList<>();
    compare("protocol", first.protocol(), second.protocol(), found);
    first
        .definitions()
        .forEach(
            (key, definition) -> {
              Map<String, Object> other = second.definitions().get(key);
              // Protocols of two names differ in all that they say: the names are enough.
              boolean told = key.equals(Scores.PROTOCOL) && !found.isEmpty();
              // What this says follows from tracker and embedding.
              boolean follows = key.equals(Scores.SCRIPT);
              if (other != null && !told && !follows) {
                compare(key, definition, other, found);
              }
            });
    FrechetScore one = distance(first);
    FrechetScore two = distance(second);
    if (one != null && two != null) {
      compare("frechet.embedding", one.embedding(), two.embedding(), found);
      compare("frechet.weights_sha256", one.weightsSha256(), two.weightsSha256(), found);
    }
    return found;
  }

  private static @Nullable FrechetScore distance(Scores scores) {
    return scores.systems().stream()
        .map(SystemScores::frechet)
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static void compare(
      String path, @Nullable Object first, @Nullable Object second, List<String> found) {
    if (first instanceof Map<?, ?> one && second instanceof Map<?, ?> two) {
      Set<Object> keys = new LinkedHashSet<>(one.keySet());
      keys.addAll(two.keySet());
      keys.forEach(key -> compare(path + "." + key, one.get(key), two.get(key), found));
    } else if (!Objects.equals(first, second)) {
      found.add("%s: '%s' here, '%s' there".formatted(path, second, first));
    }
  }
}
