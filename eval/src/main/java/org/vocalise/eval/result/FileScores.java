package org.vocalise.eval.result;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;

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
    @JsonProperty("name") String name,
    @JsonProperty("reference") String reference,
    @JsonProperty("synthesis") String synthesis,
    @JsonAnyGetter @JsonAnySetter Map<String, Double> scores,
    @JsonProperty("flags") List<String> flags) {}
