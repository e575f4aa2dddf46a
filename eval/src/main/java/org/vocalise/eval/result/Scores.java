package org.vocalise.eval.result;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Result of a scoring run, schema 1.
 *
 * @param schema version of the format
 * @param protocol how recordings were prepared: {@code clean} or {@code ntu}
 * @param definitions definition of each metric, by its key, and of {@code protocol}, {@code
 *     tracker}, {@code embedding} and, where {@code score_MODEL.txt} holds other figures than its
 *     script's, {@code score_txt}
 * @param versions of the program and of what the figures depend on
 * @param systems one for each folder of synthesised recordings
 */
public record Scores(
    int schema,
    String protocol,
    Map<String, Map<String, Object>> definitions,
    Map<String, String> versions,
    List<SystemScores> systems) {
  /** The only schema there is. */
  public static final int SCHEMA = 1;

  /** Key of the protocol among the definitions. */
  public static final String PROTOCOL = "protocol";

  /** Key of the pitch tracker among the definitions. */
  public static final String TRACKER = "tracker";

  /** Key of the embedding among the definitions. */
  public static final String EMBEDDING = "embedding";

  /** Key of what {@code score_MODEL.txt} holds in place of the script's figures. */
  public static final String SCRIPT = "score_txt";

  private static final Set<String> NO_METRICS = Set.of(PROTOCOL, TRACKER, EMBEDDING, SCRIPT);

  /** Keys of the metrics that were asked for, in the order in which tables show them. */
  public List<String> metricKeys() {
    return definitions.keySet().stream().filter(key -> !NO_METRICS.contains(key)).toList();
  }
}
