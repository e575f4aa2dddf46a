package org.vocalise.eval.frechet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FrechetDistanceTest {
  private static final float[] A = {0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 1, 1, 1, 2, 1, 0};
  private static final float[] B = {
    .5f, 0, 0, 1, 1, 0, 0, 2, 1, 1, 0, 3, 1, 2, 1, 3, 1, 0, 0, 0, 1
  };

  private static FileWindows file(float[] vectors, int dimensions) {
    return new FileWindows("f", vectors, dimensions);
  }

  private static WindowStatistics statistics(float[] vectors, int dimensions) {
    return WindowStatistics.of(file(vectors, dimensions));
  }

  @Test
  void tinyGolden() {
    assertEquals(
        0.22374354827204357, FrechetDistance.between(statistics(A, 3), statistics(B, 3)), 1e-12);
    assertEquals(
        0.22374354827204357, FrechetDistance.between(statistics(B, 3), statistics(A, 3)), 1e-12);
  }

  @Test
  void singularCovariances() {
    float[] a = new float[20];
    float[] b = new float[20];
    for (int i = 0; i < 20; i++) {
      a[i] = i % 7;
      b[i] = 3 * i % 11;
    }
    assertEquals(
        71.41803249717955, FrechetDistance.between(statistics(a, 5), statistics(b, 5)), 1e-6);
    // No scatter at all: the distance of the means.
    assertEquals(
        25,
        FrechetDistance.between(
            statistics(new float[] {0, 0, 0, 0}, 2), statistics(new float[] {3, 4, 3, 4}, 2)),
        1e-12);
  }

  @Test
  void aSetIsAtNoDistanceFromItself() {
    float[] vectors = noise(300, 10, 1, 0);
    assertEquals(
        0, FrechetDistance.between(statistics(vectors, 10), statistics(vectors, 10)), 1e-9);
  }

  /** Far from 0 the plain sum of squares would lose all digits. */
  @Test
  void aCommonOffsetChangesNothing() {
    float[] a = noise(64, 4, 1, 0);
    float[] b = noise(64, 4, 2, 0);
    double expected = FrechetDistance.between(statistics(a, 4), statistics(b, 4));
    for (int i = 0; i < a.length; i++) {
      // Exact in 32 bits.
      a[i] = Math.round(a[i] * 256) / 256f;
      b[i] = Math.round(b[i] * 256) / 256f;
    }
    double near = FrechetDistance.between(statistics(a, 4), statistics(b, 4));
    assertEquals(expected, near, 0.01);
    for (int i = 0; i < a.length; i++) {
      a[i] += 16384;
      b[i] += 16384;
    }
    assertEquals(near, FrechetDistance.between(statistics(a, 4), statistics(b, 4)), 1e-9);
  }

  @Test
  void partsMergeIntoTheWhole() {
    float[] vectors = noise(100, 6, 3, 5);
    WindowStatistics whole = statistics(vectors, 6);
    WindowStatistics parts = WindowStatistics.empty(6);
    for (FileWindows part : split(vectors, 6, 7)) {
      parts = parts.merge(WindowStatistics.of(part));
    }
    assertEquals(100, parts.count());
    assertArrayEquals(whole.mean(), parts.mean(), 1e-12);
    assertArrayEquals(whole.covariance().data, parts.covariance().data, 1e-12);
  }

  @Test
  void aRemovedFileLeavesTheDistanceOfTheOthers() {
    FrechetDistance distance = new FrechetDistance(statistics(noise(80, 6, 4, 0), 6));
    List<FileWindows> files = split(noise(90, 6, 5, 1), 6, 9);
    FrechetDistance.Removal removal = distance.removalFrom(WindowStatistics.of(files, 6));
    for (FileWindows file : files) {
      List<FileWindows> others = new ArrayList<>(files);
      others.remove(file);
      double expected = distance.to(WindowStatistics.of(others, 6));
      assertEquals(expected, removal.without(file), 1e-10, file.name());
    }
  }

  @Test
  void tooFewVectorsAndOtherLengthsAreRefused() {
    WindowStatistics one = statistics(new float[] {1, 2}, 2);
    assertThrows(IllegalStateException.class, () -> new FrechetDistance(one));
    WindowStatistics a = statistics(A, 3);
    FrechetDistance distance = new FrechetDistance(a);
    assertThrows(IllegalArgumentException.class, () -> distance.to(statistics(new float[8], 2)));
    assertThrows(IllegalArgumentException.class, () -> a.merge(one));
    assertThrows(IllegalArgumentException.class, () -> file(new float[7], 2));
    assertThrows(IllegalArgumentException.class, () -> file(new float[] {1, Float.NaN}, 2));
    FrechetDistance.Removal removal = distance.removalFrom(a);
    assertThrows(IllegalStateException.class, () -> removal.without(file(A, 3)));
  }

  static float[] noise(int windows, int dimensions, long seed, double mean) {
    Random random = new Random(seed);
    float[] vectors = new float[windows * dimensions];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = (float) (mean + random.nextGaussian() * (1 + i % dimensions));
    }
    return vectors;
  }

  static List<FileWindows> split(float[] vectors, int dimensions, int windowsEach) {
    List<FileWindows> files = new ArrayList<>();
    int step = windowsEach * dimensions;
    for (int from = 0; from < vectors.length; from += step) {
      int to = Math.min(vectors.length, from + step);
      files.add(
          new FileWindows(
              String.format("%04d", files.size()),
              java.util.Arrays.copyOfRange(vectors, from, to),
              dimensions));
    }
    return files;
  }
}
