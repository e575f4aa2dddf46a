package org.vocalise.training.run;

import java.util.regex.Pattern;

/**
 * Name of a training run, and of its folder: it can't lead out of the folder of all runs, be taken
 * for an option or be hidden, and a container may bear it.
 *
 * @param text 1 to 64 letters, digits, points, hyphens and underscores; the first is a letter or a
 *     digit
 */
public record RunName(String text) {
  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  /** Checks the text. */
  public RunName {
    if (!VALID.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' can't name a run: take 1 to 64 letters, digits, points, hyphens and underscores,"
              + " a letter or a digit first");
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
