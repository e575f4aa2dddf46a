package org.vocalise.eval.frechet;

import java.util.List;
import org.ejml.data.DMatrixRMaj;

/*
 * Count, sum and outer product in the form that keeps its digits: the mean, and the outer product of
 * the deviations from it (Chan, Golub, LeVeque, "Updating formulae and a pairwise algorithm for
 * computing sample variances", 1979). The plain sums follow from them and back.
 */

/**
 * Count, mean and scatter of vectors: all that a Frechet distance needs of a set. Statistics of
 * parts merge into those of the whole. Merged in the same order they have the same bits, however
 * many threads made the parts. Immutable.
 */
public final class WindowStatistics {
  private final long count;
  private final double[] mean;

  /** Sum of the outer products of the deviations from the mean, full, symmetric. */
  private final double[] scatter;

  private WindowStatistics(long count, double[] mean, double[] scatter) {
    this.count = count;
    this.mean = mean;
    this.scatter = scatter;
  }

  /** Statistics of no vector at all. */
  public static WindowStatistics empty(int dimensions) {
    return new WindowStatistics(0, new double[dimensions], new double[dimensions * dimensions]);
  }

  /** Statistics of one recording. */
  public static WindowStatistics of(FileWindows file) {
    int[] rows = new int[file.windows()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i;
    }
    return of(file.vectors(), file.dimensions(), rows, 0, rows.length);
  }

  /** Statistics of a set, merged in the order of the list. */
  public static WindowStatistics of(List<FileWindows> files, int dimensions) {
    WindowStatistics all = empty(dimensions);
    for (FileWindows file : files) {
      all = all.merge(of(file));
    }
    return all;
  }

  /** Statistics of the vectors {@code rows[from]} to {@code rows[to - 1]} of a matrix. */
  static WindowStatistics of(float[] vectors, int dimensions, int[] rows, int from, int to) {
    int count = to - from;
    double[] mean = new double[dimensions];
    double[] scatter = new double[dimensions * dimensions];
    for (int i = from; i < to; i++) {
      for (int k = 0; k < dimensions; k++) {
        mean[k] += vectors[rows[i] * dimensions + k];
      }
    }
    for (int k = 0; k < dimensions; k++) {
      mean[k] /= Math.max(1, count);
    }
    double[] deviation = new double[dimensions];
    for (int i = from; i < to; i++) {
      for (int k = 0; k < dimensions; k++) {
        deviation[k] = vectors[rows[i] * dimensions + k] - mean[k];
      }
      addOuterProduct(scatter, deviation, 1);
    }
    mirror(scatter, dimensions);
    return new WindowStatistics(count, mean, scatter);
  }

  /** Adds weight x v vT to the upper triangle. */
  private static void addOuterProduct(double[] scatter, double[] v, double weight) {
    int d = v.length;
    for (int row = 0; row < d; row++) {
      double factor = weight * v[row];
      int offset = row * d;
      for (int column = row; column < d; column++) {
        scatter[offset + column] += factor * v[column];
      }
    }
  }

  private static void mirror(double[] scatter, int d) {
    for (int row = 1; row < d; row++) {
      for (int column = 0; column < row; column++) {
        scatter[row * d + column] = scatter[column * d + row];
      }
    }
  }

  /** Statistics of these vectors and others together. */
  public WindowStatistics merge(WindowStatistics other) {
    if (other.dimensions() != dimensions()) {
      throw new IllegalArgumentException(
          "vectors of " + dimensions() + " and of " + other.dimensions() + " values");
    }
    if (count == 0 || other.count == 0) {
      return count == 0 ? other : this;
    }
    int d = dimensions();
    long sum = count + other.count;
    double share = other.count / (double) sum;
    double[] apart = new double[d];
    double[] newMean = new double[d];
    for (int k = 0; k < d; k++) {
      apart[k] = other.mean[k] - mean[k];
      newMean[k] = mean[k] + share * apart[k];
    }
    double[] newScatter = new double[d * d];
    for (int i = 0; i < newScatter.length; i++) {
      newScatter[i] = scatter[i] + other.scatter[i];
    }
    addOuterProduct(newScatter, apart, count * share);
    mirror(newScatter, d);
    return new WindowStatistics(sum, newMean, newScatter);
  }

  /** Number of vectors. */
  public long count() {
    return count;
  }

  /** Length of a vector. */
  public int dimensions() {
    return mean.length;
  }

  /** Mean vector, a copy. */
  public double[] mean() {
    return mean.clone();
  }

  /** Component of the mean. */
  double mean(int k) {
    return mean[k];
  }

  /**
   * Covariance with the divisor {@code count - 1}, {@code [dimensions][dimensions]}.
   *
   * @throws IllegalStateException if there are fewer than two vectors
   */
  DMatrixRMaj covariance() {
    if (count < 2) {
      throw new IllegalStateException(count + " windows have no covariance; 2 are the least");
    }
    DMatrixRMaj matrix = new DMatrixRMaj(mean.length, mean.length);
    for (int i = 0; i < scatter.length; i++) {
      matrix.data[i] = scatter[i] / (count - 1);
    }
    return matrix;
  }
}
