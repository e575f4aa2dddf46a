package org.vocalise.eval.metric;

import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Remembers what was found about a pair for as long as the pair is in use, so that metrics which
 * differ only in the last step share one analysis. Thread-safe; a pair that two threads score at
 * once may be analysed twice.
 */
final class PairMemory<T> {
  /** Finds what is remembered; the value must not refer to the pair. */
  @FunctionalInterface
  interface Analysis<T> {
    T of(Pair pair) throws UndefinedScoreException, IOException, InterruptedException;
  }

  private final Map<Pair, T> found = Collections.synchronizedMap(new WeakHashMap<>());
  private final Analysis<T> analysis;

  PairMemory(Analysis<T> analysis) {
    this.analysis = analysis;
  }

  T of(Pair pair) throws UndefinedScoreException, IOException, InterruptedException {
    T known = found.get(pair);
    if (known == null) {
      known = analysis.of(pair);
      found.put(pair, known);
    }
    return known;
  }
}
