package org.vocalise.eval.result;

/**
 * A score that a file does not have.
 *
 * @param name of the file
 * @param metric key, or {@link #FILE} where the file could not be scored at all
 * @param reason in words
 */
public record SkippedScore(String name, String metric, String reason) {
  /** In the place of a key: the whole file could not be scored. */
  public static final String FILE = "file";
}
