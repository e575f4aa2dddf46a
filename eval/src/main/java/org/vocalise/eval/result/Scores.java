package org.vocalise.eval.result;

import java.util.List;
import java.util.Map;

/**
 * Result of a scoring run, schema 1.
 *
 * @param schema version of the format
 * @param protocol how recordings were prepared: {@code clean} or {@code ntu}
 * @param definitions definition of each metric, by its key, and of tracker and embedding
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
}
