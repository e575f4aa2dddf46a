package org.vocalise.eval.metric;

import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A metric made of a name, a definition and a formula. As thread-safe as the formula. */
final class PairScore implements Metric {
  /** Computes a score. */
  @FunctionalInterface
  interface Formula {
    double of(Pair pair) throws UndefinedScoreException, IOException, InterruptedException;
  }

  private final String key;
  private final Map<String, Object> definition;
  private final Formula formula;

  PairScore(String key, Map<String, Object> definition, Formula formula) {
    this.key = key;
    this.definition = Collections.unmodifiableMap(new LinkedHashMap<>(definition));
    this.formula = formula;
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public Map<String, Object> definition() {
    return definition;
  }

  @Override
  public double score(Pair pair) throws UndefinedScoreException, IOException, InterruptedException {
    double score = formula.of(pair);
    if (!Double.isFinite(score)) {
      throw new UndefinedScoreException("the score is " + score + ", which is no figure");
    }
    return score;
  }

  /** Refuses pairs of another rate, and says of shorter ones that they have no score. */
  static void require(Pair pair, int sampleRate, int shortest) throws UndefinedScoreException {
    if (pair.reference().sampleRate() != sampleRate) {
      throw new IllegalArgumentException(
          pair.name()
              + ": at "
              + pair.reference().sampleRate()
              + " Hz, the metric is for "
              + sampleRate);
    }
    int samples = pair.reference().samples().length;
    if (samples < shortest) {
      throw new UndefinedScoreException(
          "of " + samples + " samples, shorter than the " + shortest + " that are needed");
    }
  }

  /** Says of zeros that a ratio to them is no score. */
  static void requireSound(float[] samples, String what) throws UndefinedScoreException {
    for (float sample : samples) {
      if (sample != 0) {
        return;
      }
    }
    throw new UndefinedScoreException(what + " is silent");
  }
}
