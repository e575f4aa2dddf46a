package org.vocalise.eval.frechet;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;

/**
 * What the distance of a set from itself would be: that between two random halves of it, which
 * share no vector. It falls about as 1 / n. Thread-safe.
 */
final class NoiseFloor {
  private static final int SPLITS = 3;

  private NoiseFloor() {}

  /**
   * Mean over three splits.
   *
   * @param windows vectors in each half, at most half of all
   * @return nothing where a half has fewer than two vectors
   */
  static OptionalDouble of(List<FileWindows> files, int windows, long seed) {
    int d = files.get(0).dimensions();
    float[] vectors = FrechetInfinity.join(files);
    int[] order = new int[vectors.length / d];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    int half = Math.min(windows, order.length / 2);
    if (half < 2) {
      return OptionalDouble.empty();
    }
    Random random = new Random(seed);
    double sum = 0;
    for (int split = 0; split < SPLITS; split++) {
      FrechetInfinity.shuffle(order, random);
      sum +=
          FrechetDistance.between(
              WindowStatistics.of(vectors, d, order, 0, half),
              WindowStatistics.of(vectors, d, order, half, 2 * half));
    }
    return OptionalDouble.of(sum / SPLITS);
  }
}
