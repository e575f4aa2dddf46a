package org.vocalise.eval.report;

import java.nio.file.Path;
import org.vocalise.eval.result.Scores;

/**
 * A result among others.
 *
 * @param source file that it was read from
 * @param scores what it holds
 */
public record ScoredRun(Path source, Scores scores) {}
