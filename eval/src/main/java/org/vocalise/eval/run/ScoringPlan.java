package org.vocalise.eval.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.pitch.PitchTracker;
import org.vocalise.eval.embedding.Embedding;
import org.vocalise.eval.metric.Metric;
import org.vocalise.eval.result.Scores;

/**
 * What is to be scored, and how.
 *
 * @param metrics of pairs, in the order of a report
 * @param tracker of the metrics of F0
 * @param embedding of the Frechet distance; null for none
 * @param version of the program
 */
public record ScoringPlan(
    Protocol protocol,
    List<Metric> metrics,
    PitchTracker tracker,
    @Nullable Embedding embedding,
    List<SystemFiles> systems,
    String version) {
  /** Definitions of protocol, metrics, tracker and embedding, by their keys. */
  public Map<String, Map<String, Object>> definitions() {
    Map<String, Map<String, Object>> definitions = new LinkedHashMap<>();
    definitions.put(Scores.PROTOCOL, protocol.definition());
    for (Metric metric : metrics) {
      definitions.put(metric.key(), metric.definition());
    }
    definitions.put(Scores.TRACKER, tracker.settings());
    if (embedding != null) {
      Map<String, Object> settings = new LinkedHashMap<>();
      settings.put("embedding", embedding.name());
      settings.putAll(embedding.settings());
      definitions.put(Scores.EMBEDDING, settings);
    }
    Map<String, Object> others =
        protocol.otherThanNamed(
            String.valueOf(tracker.settings().get("tracker")),
            embedding == null ? "none" : embedding.name());
    if (!others.isEmpty()) {
      definitions.put(Scores.SCRIPT, others);
    }
    return definitions;
  }

  /** All that decides the scores besides the files; a journal of other settings is of no use. */
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("vocalise", version);
    settings.putAll(definitions());
    return settings;
  }
}
