package org.vocalise.eval.result;

import java.util.List;
import java.util.Map;

/**
 * Scores of one file.
 *
 * @param name of the pair in the report
 * @param reference path of the reference, as it was given
 * @param synthesis path of the synthesised recording, as it was given
 * @param scores by metric key; a score that does not exist is not there
 * @param flags what looks like a mistake, in words: a shift, a wrong level, clipping
 */
public record FileScores(
    String name,
    String reference,
    String synthesis,
    Map<String, Double> scores,
    List<String> flags) {}
