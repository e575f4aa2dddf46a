package org.vocalise.eval.frechet;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/*
 * Chong, Forsyth, "Effectively unbiased FID and inception score", 2020; Gui et al., "Adapting Frechet
 * audio distance for generative music evaluation", 2024. The distance of n vectors exceeds that of
 * endlessly many by about c / n. Subsets of several sizes give the line, its value at 1 / n = 0 is
 * wanted. Unlike there, subsets are drawn without replacement: with replacement the line leads to
 * the distance of the given vectors, not beyond it. Those of one size share no vector.
 */

/**
 * Distance of a set extrapolated to endlessly many vectors; the reference is taken as it is.
 *
 * @param value where the line of distances over 1 / n meets 0
 * @param standardError of that, by the scatter of the subsets around the line
 */
public record FrechetInfinity(double value, double standardError) {
  private static final int SIZES = 12;
  private static final int SUBSETS = 4;

  /** Fewer vectors than this many times their length give no line. */
  public static final int LEAST_PER_DIMENSION = 3;

  /** Whether a set has enough vectors. */
  public static boolean isPossible(long windows, int dimensions) {
    return windows >= (long) LEAST_PER_DIMENSION * dimensions && windows >= SIZES;
  }

  /**
   * Extrapolates. Sizes rise evenly from twice the vectors' length to all of them; of each, at
   * least 4 subsets are drawn.
   *
   * @param seed of the draws: the same seed gives the same bits
   */
  public static FrechetInfinity of(FrechetDistance from, List<FileWindows> files, long seed)
      throws InterruptedException {
    int d = files.get(0).dimensions();
    float[] vectors = join(files);
    int all = vectors.length / d;
    if (!isPossible(all, d)) {
      throw new IllegalArgumentException(all + " vectors of length " + d + " are too few");
    }
    Random random = new Random(seed);
    int[] order = new int[all];
    for (int i = 0; i < all; i++) {
      order[i] = i;
    }
    List<double[]> points = new ArrayList<>();
    int lowest = Math.max(2, 2 * d);
    for (int step = 0; step < SIZES; step++) {
      int size = lowest + (int) ((long) (all - lowest) * step / (SIZES - 1));
      int wanted = size == all ? 1 : Math.max(SUBSETS, all / size);
      for (int made = 0; made < wanted; ) {
        shuffle(order, random);
        for (int k = 0; k < all / size && made < wanted; k++, made++) {
          if (Thread.interrupted()) {
            throw new InterruptedException();
          }
          var subset = WindowStatistics.of(vectors, d, order, k * size, (k + 1) * size);
          points.add(new double[] {1.0 / size, from.to(subset)});
        }
      }
    }
    return line(points);
  }

  static float[] join(List<FileWindows> files) {
    int length = 0;
    for (FileWindows file : files) {
      length = Math.addExact(length, file.vectors().length);
    }
    float[] all = new float[length];
    int offset = 0;
    for (FileWindows file : files) {
      System.arraycopy(file.vectors(), 0, all, offset, file.vectors().length);
      offset += file.vectors().length;
    }
    return all;
  }

  static void shuffle(int[] order, Random random) {
    for (int i = order.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[other];
      order[other] = swap;
    }
  }

  /** Least squares over points (x, y), extrapolated to x = 0. */
  private static FrechetInfinity line(List<double[]> points) {
    int n = points.size();
    double meanX = 0;
    double meanY = 0;
    for (double[] point : points) {
      meanX += point[0] / n;
      meanY += point[1] / n;
    }
    double squares = 0;
    double products = 0;
    for (double[] point : points) {
      squares += (point[0] - meanX) * (point[0] - meanX);
      products += (point[0] - meanX) * (point[1] - meanY);
    }
    double slope = products / squares;
    double rest = 0;
    for (double[] point : points) {
      double off = point[1] - meanY - slope * (point[0] - meanX);
      rest += off * off;
    }
    double variance = rest / (n - 2) * (1.0 / n + meanX * meanX / squares);
    return new FrechetInfinity(meanY - slope * meanX, Math.sqrt(variance));
  }
}
