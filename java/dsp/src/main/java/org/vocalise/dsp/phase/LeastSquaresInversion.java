package org.vocalise.dsp.phase;

import java.util.Arrays;
import org.vocalise.dsp.mel.MelFilterbank;

/*
 * NNLS by the accelerated projected gradient of Beck, Teboulle, "A fast iterative
 * shrinkage-thresholding algorithm", 2009; 200 steps leave a residual below that of torchaudio's
 * InverseMelScale. The pseudo-inverse is FB' (FB FB')^-1.
 */

/** Linear spectra that a filter bank maps closest to a given mel. One instance per thread. */
final class LeastSquaresInversion {
  private static final int STEPS = 200;

  private final MelFilterbank filterbank;
  private final int bands;
  private final int end;
  private final double inverseLipschitz;
  private final double[][] factor;
  private final double[] residual;
  private final double[] gradient;
  private final double[] previous;
  private final double[] ahead;

  LeastSquaresInversion(MelFilterbank filterbank) {
    this.filterbank = filterbank;
    bands = filterbank.bands();
    end = filterbank.endBin();
    residual = new double[bands];
    gradient = new double[end];
    previous = new double[end];
    ahead = new double[end];
    inverseLipschitz = 1 / largestEigenvalue();
    factor = cholesky(gram());
  }

  /** Least squares with non-negative values; {@code spectrum} is written up to the last filter. */
  void nonNegative(double[] mel, double[] spectrum) {
    Arrays.fill(spectrum, 0);
    Arrays.fill(ahead, 0);
    double momentum = 1;
    for (int step = 0; step < STEPS; step++) {
      filter(ahead, residual);
      for (int band = 0; band < bands; band++) {
        residual[band] -= mel[band];
      }
      spread(residual, gradient);
      double nextMomentum = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
      double inertia = (momentum - 1) / nextMomentum;
      System.arraycopy(spectrum, 0, previous, 0, end);
      for (int k = 0; k < end; k++) {
        spectrum[k] = Math.max(0, ahead[k] - gradient[k] * inverseLipschitz);
        ahead[k] = spectrum[k] + inertia * (spectrum[k] - previous[k]);
      }
      momentum = nextMomentum;
    }
  }

  /** The pseudo-inverse; negative values become zero. */
  void pseudoInverse(double[] mel, double[] spectrum) {
    Arrays.fill(spectrum, 0);
    System.arraycopy(mel, 0, residual, 0, bands);
    for (int i = 0; i < bands; i++) {
      for (int j = 0; j < i; j++) {
        residual[i] -= factor[i][j] * residual[j];
      }
      residual[i] = factor[i][i] == 0 ? 0 : residual[i] / factor[i][i];
    }
    for (int i = bands - 1; i >= 0; i--) {
      for (int j = i + 1; j < bands; j++) {
        residual[i] -= factor[j][i] * residual[j];
      }
      residual[i] = factor[i][i] == 0 ? 0 : residual[i] / factor[i][i];
    }
    spread(residual, gradient);
    for (int k = 0; k < end; k++) {
      spectrum[k] = Math.max(0, gradient[k]);
    }
  }

  private void filter(double[] spectrum, double[] mel) {
    for (int band = 0; band < bands; band++) {
      double sum = 0;
      int first = filterbank.firstBin(band);
      for (int i = 0; i < filterbank.width(band); i++) {
        sum += filterbank.weight(band, i) * spectrum[first + i];
      }
      mel[band] = sum;
    }
  }

  private void spread(double[] mel, double[] spectrum) {
    Arrays.fill(spectrum, 0, end, 0);
    for (int band = 0; band < bands; band++) {
      int first = filterbank.firstBin(band);
      for (int i = 0; i < filterbank.width(band); i++) {
        spectrum[first + i] += filterbank.weight(band, i) * mel[band];
      }
    }
  }

  private double largestEigenvalue() {
    double[] vector = new double[end];
    double[] mel = new double[bands];
    Arrays.fill(vector, 1);
    double norm = 1;
    for (int step = 0; step < 100; step++) {
      filter(vector, mel);
      spread(mel, vector);
      double sum = 0;
      for (double value : vector) {
        sum += value * value;
      }
      norm = Math.sqrt(sum);
      for (int k = 0; k < end; k++) {
        vector[k] /= norm;
      }
    }
    // Power iteration approaches from below.
    return 1.01 * norm;
  }

  private double[][] gram() {
    double[][] gram = new double[bands][bands];
    double[] unit = new double[bands];
    double[] spectrum = new double[end];
    for (int band = 0; band < bands; band++) {
      Arrays.fill(unit, 0);
      unit[band] = 1;
      spread(unit, spectrum);
      filter(spectrum, gram[band]);
    }
    return gram;
  }

  /** Lower triangle L of L L' = matrix; a row of an empty filter becomes zero. */
  private static double[][] cholesky(double[][] matrix) {
    int n = matrix.length;
    double[][] lower = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = matrix[i][j];
        for (int k = 0; k < j; k++) {
          sum -= lower[i][k] * lower[j][k];
        }
        if (i == j) {
          lower[i][i] = sum > 1e-12 * matrix[i][i] && sum > 0 ? Math.sqrt(sum) : 0;
        } else {
          lower[i][j] = lower[j][j] == 0 ? 0 : sum / lower[j][j];
        }
      }
    }
    return lower;
  }
}
