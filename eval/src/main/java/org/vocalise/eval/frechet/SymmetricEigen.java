package org.vocalise.eval.frechet;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.decomposition.eig.SymmetricQRAlgorithmDecomposition_DDRM;
import org.ejml.dense.row.decomposition.hessenberg.TridiagonalDecompositionHouseholder_DDRM;

/** Square roots of symmetric matrices without negative eigenvalues. Thread-safe. */
final class SymmetricEigen {
  private SymmetricEigen() {}

  /** The symmetric square root; eigenvalues that rounding made negative count as 0. */
  static DMatrixRMaj root(DMatrixRMaj matrix) {
    int n = matrix.numRows;
    SymmetricQRAlgorithmDecomposition_DDRM eigen = decompose(matrix, true);
    DMatrixRMaj vectors = new DMatrixRMaj(n, n);
    DMatrixRMaj scaled = new DMatrixRMaj(n, n);
    for (int i = 0; i < n; i++) {
      DMatrixRMaj vector = eigen.getEigenVector(i);
      double root = Math.sqrt(Math.max(0, eigen.getEigenvalue(i).real));
      for (int k = 0; k < n; k++) {
        vectors.set(i, k, vector.get(k));
        scaled.set(i, k, root * vector.get(k));
      }
    }
    DMatrixRMaj result = new DMatrixRMaj(n, n);
    CommonOps_DDRM.multTransA(scaled, vectors, result);
    return result;
  }

  /** Sum of the square roots of the eigenvalues. */
  static double traceOfRoot(DMatrixRMaj matrix) {
    SymmetricQRAlgorithmDecomposition_DDRM eigen = decompose(matrix, false);
    double sum = 0;
    for (int i = 0; i < matrix.numRows; i++) {
      sum += Math.sqrt(Math.max(0, eigen.getEigenvalue(i).real));
    }
    return sum;
  }

  private static SymmetricQRAlgorithmDecomposition_DDRM decompose(
      DMatrixRMaj matrix, boolean vectors) {
    // Named, since EJML's factory takes another one, with other last bits, for large matrices.
    var eigen =
        new SymmetricQRAlgorithmDecomposition_DDRM(
            new TridiagonalDecompositionHouseholder_DDRM(), vectors);
    if (!eigen.decompose(symmetric(matrix))) {
      throw new ArithmeticException("the eigenvalues of a covariance were not found");
    }
    return eigen;
  }

  /** The mean of a matrix and its transpose: rounding leaves products a little apart. */
  private static DMatrixRMaj symmetric(DMatrixRMaj matrix) {
    int n = matrix.numRows;
    DMatrixRMaj result = new DMatrixRMaj(n, n);
    for (int row = 0; row < n; row++) {
      for (int column = 0; column < n; column++) {
        result.set(row, column, (matrix.get(row, column) + matrix.get(column, row)) / 2);
      }
    }
    return result;
  }
}
