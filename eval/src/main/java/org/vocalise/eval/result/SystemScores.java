package org.vocalise.eval.result;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Scores of one system, which is one folder of synthesised recordings.
 *
 * @param name of the folder
 * @param files in the order of their names
 * @param means over the files that have the score, by metric key
 * @param intervals 95 % bootstrap intervals of the means over files, by metric key
 * @param frechet distance between the sets; null where none was asked for or possible
 * @param skipped scores that do not exist, and why
 */
public record SystemScores(
    String name,
    List<FileScores> files,
    Map<String, Double> means,
    Map<String, Interval> intervals,
    @Nullable FrechetScore frechet,
    List<SkippedScore> skipped) {}
