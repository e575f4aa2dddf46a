package org.vocalise.eval.result;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Scores of one file; in JSON one flat object, so that a file is a row.
 *
 * @param name of the pair in the report
 * @param reference path of the reference, as it was given
 * @param synthesis path of the synthesised recording, as it was given
 * @param scores by metric key; a score that does not exist is not there
 * @param flags what looks like a mistake, in words: a shift, a wrong level, clipping
 */
@JsonPropertyOrder({"name", "reference", "synthesis", "flags"})
public record FileScores(
    String name,
    String reference,
    String synthesis,
    @JsonAnyGetter Map<String, Double> scores,
    List<String> flags) {
  private static final Set<String> NO_SCORES = Set.of("name", "reference", "synthesis", "flags");

  /** Reads the flat object; the scores keep their order. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static FileScores of(Map<String, Object> fields) {
    Map<String, Double> scores = new LinkedHashMap<>();
    fields.forEach(
        (key, value) -> {
          if (!NO_SCORES.contains(key) && value instanceof Number number) {
            scores.put(key, number.doubleValue());
          }
        });
    List<String> flags = new ArrayList<>();
    if (fields.get("flags") instanceof List<?> list) {
      list.forEach(flag -> flags.add(String.valueOf(flag)));
    }
    return new FileScores(
        text(fields, "name"), text(fields, "reference"), text(fields, "synthesis"), scores, flags);
  }

  private static String text(Map<String, Object> fields, String key) {
    if (fields.get(key) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("a file's " + key + " is " + fields.get(key) + ", no text");
  }
}
