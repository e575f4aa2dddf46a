package org.vocalise.eval.separation;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.LinearSolverFactory_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Filters that bring reference channels as close to estimate channels as delays of 0 to {@code taps
 * - 1} samples can, in the least squares sense.
 */
final class ProjectionFilters {
  /** What museval adds to the diagonal: NumPy's machine epsilon. */
  private static final double MACHINE_EPSILON = Math.ulp(1.0);

  private ProjectionFilters() {}

  /**
   * Solves for filters.
   *
   * @param correlations {@code [references][rows][taps]}
   * @param from first reference channel that may be used
   * @param to one past the last
   * @param firstEstimate row of the first estimate channel
   * @param estimates number of estimate channels
   * @param regularised whether machine epsilon is added to the diagonal, as museval does
   * @return {@code [estimates][to - from][taps]}
   */
  static double[][][] solve(
      double[][][] correlations,
      int from,
      int to,
      int firstEstimate,
      int estimates,
      boolean regularised) {
    int taps = correlations[0][0].length;
    int size = Math.multiplyExact(to - from, taps);
    DMatrixRMaj inner = new DMatrixRMaj(size, size);
    for (int i = from; i < to; i++) {
      for (int j = from; j < to; j++) {
        fill(inner, (i - from) * taps, (j - from) * taps, correlations[i][j], correlations[j][i]);
      }
    }
    for (int i = 0; i < size && regularised; i++) {
      inner.add(i, i, MACHINE_EPSILON);
    }
    DMatrixRMaj right = new DMatrixRMaj(size, estimates);
    for (int i = from; i < to; i++) {
      for (int e = 0; e < estimates; e++) {
        for (int tap = 0; tap < taps; tap++) {
          right.set((i - from) * taps + tap, e, correlations[i][firstEstimate + e][tap]);
        }
      }
    }
    DMatrixRMaj solution = solve(inner, right);
    double[][][] filters = new double[estimates][to - from][taps];
    for (int e = 0; e < estimates; e++) {
      for (int row = 0; row < size; row++) {
        filters[e][row / taps][row % taps] = solution.get(row, e);
      }
    }
    return filters;
  }

  /** A Toeplitz block: entry (m, n) is the correlation at lag m - n. */
  private static void fill(
      DMatrixRMaj matrix, int row, int column, double[] positive, double[] negative) {
    for (int m = 0; m < positive.length; m++) {
      for (int n = 0; n < positive.length; n++) {
        matrix.set(row + m, column + n, m >= n ? positive[m - n] : negative[n - m]);
      }
    }
  }

  /** Cholesky; of a matrix that is not positive definite in double precision least squares. */
  private static DMatrixRMaj solve(DMatrixRMaj inner, DMatrixRMaj right) {
    DMatrixRMaj solution = new DMatrixRMaj(right.numRows, right.numCols);
    LinearSolverDense<DMatrixRMaj> cholesky = LinearSolverFactory_DDRM.symmPosDef(inner.numRows);
    if (cholesky.setA(inner.copy())) {
      cholesky.solve(right, solution);
      return solution;
    }
    LinearSolverDense<DMatrixRMaj> pivoting =
        LinearSolverFactory_DDRM.leastSquaresQrPivot(true, false);
    if (!pivoting.setA(inner)) {
      throw new ArithmeticException("the correlations of the references have no solution");
    }
    pivoting.solve(right, solution);
    return solution;
  }
}
