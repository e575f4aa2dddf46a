package org.vocalise.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Paths that hmmlearn 0.3.3 gave, and a decoder over all transitions. */
final class PitchViterbiTest {
  private final PitchViterbi viterbi = new PitchViterbi(360);

  @Test
  void pathsAreThoseOfHmmlearn() {
    assertPath(new int[] {100, 100, 100, 160, 100, 100, 100}, repeat(100, 7));
    assertPath(new int[] {100, 102, 104, 106, 108, 110}, new int[] {100, 102, 104, 106, 108, 110});
    assertPath(new int[] {100, 100, 100, 130, 130, 130, 130, 130, 130}, repeat(130, 9));
    assertPath(new int[] {100, 200}, repeat(100, 2));
    assertPath(new int[] {100, 150, 100, 150, 100}, repeat(100, 5));
    assertPath(new int[] {359, 359, 300, 359}, repeat(359, 4));
    assertPath(new int[] {140, 141, 201, 141, 140}, new int[] {140, 141, 141, 141, 140});
    assertPath(new int[] {}, new int[] {});
  }

  @Test
  void frequenciesAreMeansAroundThePath() {
    double[] centres = {4800, 4810, 6010, 4820, 4805};
    int[] path = {140, 141, 141, 141, 140};
    double[] expected = {
      159.9990936136769,
      160.92977472117076,
      161.61428754408237,
      161.85819353028268,
      160.4597486378139
    };
    for (int t = 0; t < centres.length; t++) {
      float[] activations = new float[360];
      for (int k = 0; k < 360; k++) {
        double distance = 1997.379408437619 + 20 * k - centres[t];
        activations[k] = (float) (0.9 * Math.exp(-distance * distance / (2 * 25 * 25)) + 1e-4);
      }
      assertEquals(expected[t], CrepeTracker.frequency(activations, 0, path[t]), 1e-5);
    }
    assertEquals(0, CrepeTracker.frequency(new float[360], 0, 3));
  }

  @Test
  void bandGivesThePathOfAllTransitions() {
    Random random = new Random(3);
    for (int round = 0; round < 20; round++) {
      int[] observed = new int[64 + round % 3];
      int bin = random.nextInt(360);
      for (int t = 0; t < observed.length; t++) {
        boolean jump = random.nextInt(5) == 0;
        bin = jump ? random.nextInt(360) : Math.floorMod(bin + random.nextInt(7) - 3, 360);
        observed[t] = bin;
      }
      int[] expected = dense(observed);
      assertArrayEquals(expected, viterbi.path(observed));
      assertArrayEquals(expected, new PitchViterbi(360, 16).path(observed), "in blocks");
    }
  }

  /** All transitions, the lattice kept, traced back with hmmlearn's rules for ties. */
  private static int[] dense(int[] observed) {
    int n = 360;
    double[][] transition = new double[n][n];
    for (int i = 0; i < n; i++) {
      double sum = 0;
      for (int j = 0; j < n; j++) {
        sum += Math.max(0, 12 - Math.abs(i - j));
      }
      for (int j = 0; j < n; j++) {
        transition[i][j] = StrictMath.log(Math.max(0, 12 - Math.abs(i - j)) / sum);
      }
    }
    double[][] lattice = new double[observed.length][n];
    for (int t = 0; t < observed.length; t++) {
      for (int j = 0; j < n; j++) {
        double best = t == 0 ? StrictMath.log(1.0 / n) : Double.NEGATIVE_INFINITY;
        for (int i = 0; t > 0 && i < n; i++) {
          best = Math.max(best, lattice[t - 1][i] + transition[i][j]);
        }
        lattice[t][j] = best + StrictMath.log((j == observed[t] ? 0.1 : 0) + (1 - 0.1) / n);
      }
    }
    int[] path = new int[observed.length];
    double[] end = lattice[observed.length - 1];
    int state = 0;
    for (int j = 0; j < n; j++) {
      state = end[j] > end[state] ? j : state;
    }
    path[observed.length - 1] = state;
    for (int t = observed.length - 2; t >= 0; t--) {
      int best = 0;
      for (int i = 0; i < n; i++) {
        double value = lattice[t][i] + transition[i][state];
        best = value >= lattice[t][best] + transition[best][state] ? i : best;
      }
      state = best;
      path[t] = state;
    }
    return path;
  }

  private void assertPath(int[] observed, int[] expected) {
    assertArrayEquals(expected, viterbi.path(observed));
  }

  private static int[] repeat(int bin, int count) {
    int[] path = new int[count];
    Arrays.fill(path, bin);
    return path;
  }
}
