package org.vocalise.dsp.phase;

import java.util.Arrays;
import org.vocalise.dsp.mel.MelFilterbank;

/*
 * The multiplicative update of Lee, Seung, "Algorithms for non-negative matrix factorization", 2001
 * (Kullback-Leibler form, filter bank fixed): x <- x FB'(P / FB x) / sum FB. It keeps the fine
 * structure of x and moves what the filters see of it to P.
 */

/**
 * Moves spectra towards what a given mel says of them. Bins that no filter sees stay. Works on rows
 * of lanes; has working memory: one instance per thread.
 */
final class MelCorrection {
  private static final float SMALLEST = 0.05f;
  private static final float LARGEST = 20;

  private final int[] first;
  private final float[][] weights;
  private final float[] inverseSum;
  private final float[] ratio;
  private final float[][] gain;

  MelCorrection(MelFilterbank filterbank, int lanes) {
    int bands = filterbank.bands();
    first = new int[bands];
    weights = new float[bands][];
    float[] sum = new float[filterbank.endBin()];
    for (int band = 0; band < bands; band++) {
      first[band] = filterbank.firstBin(band);
      weights[band] = new float[filterbank.width(band)];
      for (int i = 0; i < weights[band].length; i++) {
        weights[band][i] = (float) filterbank.weight(band, i);
        sum[first[band] + i] += weights[band][i];
      }
    }
    inverseSum = new float[sum.length];
    for (int k = 0; k < sum.length; k++) {
      inverseSum[k] = sum[k] > 0 ? 1 / sum[k] : 0;
    }
    ratio = new float[lanes];
    gain = new float[sum.length][lanes];
  }

  /**
   * Computes one step's factors.
   *
   * @param spectrum rows {@code [bins][lanes]} in the unit that the filters see; not modified
   * @param mel rows {@code [bands][lanes]}, linear
   * @return factor for each bin and lane, of the bins below {@link MelFilterbank#endBin()}; valid
   *     until the next call
   */
  float[][] factors(float[][] spectrum, float[][] mel) {
    for (float[] row : gain) {
      Arrays.fill(row, 0);
    }
    for (int band = 0; band < weights.length; band++) {
      Arrays.fill(ratio, 1e-30f);
      for (int i = 0; i < weights[band].length; i++) {
        addScaled(ratio, spectrum[first[band] + i], weights[band][i]);
      }
      divide(ratio, mel[band]);
      for (int i = 0; i < weights[band].length; i++) {
        addScaled(gain[first[band] + i], ratio, weights[band][i]);
      }
    }
    for (int k = 0; k < gain.length; k++) {
      if (inverseSum[k] == 0) {
        Arrays.fill(gain[k], 1);
      } else {
        bound(gain[k], inverseSum[k]);
      }
    }
    return gain;
  }

  private static void addScaled(float[] target, float[] source, float factor) {
    for (int q = 0; q < target.length; q++) {
      target[q] += source[q] * factor;
    }
  }

  private static void divide(float[] denominator, float[] numerator) {
    for (int q = 0; q < denominator.length; q++) {
      denominator[q] = (numerator[q] + 1e-10f) / denominator[q];
    }
  }

  private static void bound(float[] value, float factor) {
    for (int q = 0; q < value.length; q++) {
      value[q] = Math.max(SMALLEST, Math.min(LARGEST, value[q] * factor));
    }
  }
}
