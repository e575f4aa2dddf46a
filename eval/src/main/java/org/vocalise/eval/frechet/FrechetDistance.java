package org.vocalise.eval.frechet;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/*
 * Dowson, Landau, "The Frechet distance between multivariate normal distributions", 1982:
 * |m1 - m2|^2 + tr S1 + tr S2 - 2 tr (S1 S2)^(1/2). The eigenvalues of S1 S2 are those of the
 * symmetric R S2 R with R = S1^(1/2), real and not negative, so that no complex square root of a
 * general matrix is needed, on which the known tools fail now and then.
 */

/**
 * Frechet distance of sets of vectors from one reference set, both taken as normal distributions,
 * in double precision. Covariances are divided by n - 1. Immutable.
 */
public final class FrechetDistance {
  private final WindowStatistics reference;
  private final DMatrixRMaj root;
  private final double trace;

  /**
   * Prepares for a reference.
   *
   * @throws IllegalStateException if it has fewer than two vectors
   */
  public FrechetDistance(WindowStatistics reference) {
    this.reference = reference;
    DMatrixRMaj covariance = reference.covariance();
    root = SymmetricEigen.root(covariance);
    trace = CommonOps_DDRM.trace(covariance);
  }

  /** The distance of two sets; symmetric up to rounding. */
  public static double between(WindowStatistics a, WindowStatistics b) {
    return new FrechetDistance(a).to(b);
  }

  /**
   * The distance of a set from the reference.
   *
   * @return at least 0, but for rounding
   * @throws IllegalStateException if the set has fewer than two vectors
   */
  public double to(WindowStatistics set) {
    if (set.dimensions() != reference.dimensions()) {
      throw new IllegalArgumentException(
          "vectors of %d values, and a reference of %d: other embeddings"
              .formatted(set.dimensions(), reference.dimensions()));
    }
    double meanTerm = 0;
    for (int k = 0; k < set.dimensions(); k++) {
      double apart = set.mean(k) - reference.mean(k);
      meanTerm += apart * apart;
    }
    return to(set, meanTerm);
  }

  /** The distance, with the squared distance of the means computed elsewhere. */
  double to(WindowStatistics set, double meanTerm) {
    DMatrixRMaj covariance = set.covariance();
    double rootTerm = SymmetricEigen.traceOfRoot(seenFromReference(covariance));
    return meanTerm + trace + CommonOps_DDRM.trace(covariance) - 2 * rootTerm;
  }

  /** Root x matrix x root. */
  private DMatrixRMaj seenFromReference(DMatrixRMaj matrix) {
    DMatrixRMaj half = new DMatrixRMaj(matrix.numRows, matrix.numCols);
    DMatrixRMaj whole = new DMatrixRMaj(matrix.numRows, matrix.numCols);
    CommonOps_DDRM.mult(root, matrix, half);
    CommonOps_DDRM.mult(half, root, whole);
    return whole;
  }

  /**
   * A set prepared for leaving single recordings out of it. A recording of few vectors changes the
   * covariance by a matrix of few ranks, so that its removal costs little besides the eigenvalues.
   */
  public Removal removalFrom(WindowStatistics set) {
    return new Removal(set);
  }

  /** Distances of a set without one of its recordings. Immutable. */
  public final class Removal {
    private final WindowStatistics set;
    private final DMatrixRMaj seen;
    private final double setTrace;

    private Removal(WindowStatistics set) {
      this.set = set;
      DMatrixRMaj covariance = set.covariance();
      setTrace = CommonOps_DDRM.trace(covariance) * (set.count() - 1);
      seen = seenFromReference(covariance);
      CommonOps_DDRM.scale((double) (set.count() - 1), seen);
    }

    /**
     * The distance of all but the vectors of a recording.
     *
     * @param file a part of the set
     * @throws IllegalStateException if fewer than two vectors would be left
     */
    public double without(FileWindows file) {
      int d = set.dimensions();
      long left = set.count() - file.windows();
      if (left < 2) {
        throw new IllegalStateException(
            "%d windows are left without %s, too few for a distance".formatted(left, file.name()));
      }
      // With D the deviations and c their sum: scatter' = scatter - DT D - c cT / left.
      DMatrixRMaj removed = new DMatrixRMaj(file.windows() + 1, d);
      double[] sum = new double[d];
      for (int i = 0; i < file.windows(); i++) {
        for (int k = 0; k < d; k++) {
          double deviation = file.vectors()[i * d + k] - set.mean(k);
          removed.set(i, k, deviation);
          sum[k] += deviation;
        }
      }
      double meanTerm = 0;
      for (int k = 0; k < d; k++) {
        removed.set(file.windows(), k, sum[k] / Math.sqrt((double) left));
        double apart = set.mean(k) - sum[k] / left - reference.mean(k);
        meanTerm += apart * apart;
      }
      double newTrace = (setTrace - squares(removed)) / (left - 1);
      DMatrixRMaj turned = new DMatrixRMaj(removed.numRows, d);
      CommonOps_DDRM.mult(removed, root, turned);
      DMatrixRMaj matrix = new DMatrixRMaj(d, d);
      CommonOps_DDRM.multTransA(turned, turned, matrix);
      for (int i = 0; i < matrix.data.length; i++) {
        matrix.data[i] = (seen.data[i] - matrix.data[i]) / (left - 1);
      }
      return meanTerm + trace + newTrace - 2 * SymmetricEigen.traceOfRoot(matrix);
    }

    private static double squares(DMatrixRMaj matrix) {
      double sum = 0;
      for (double value : matrix.data) {
        sum += value * value;
      }
      return sum;
    }
  }
}
