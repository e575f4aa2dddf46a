package org.vocalise.dsp.phase;

/**
 * Replaces the magnitudes of spectra by a blend of their own and of estimated ones, moved one step
 * towards the given mel: over the iterations the fine structure follows what a signal can have, and
 * the bands what the mel says. One instance per reconstruction and thread.
 */
final class MelConsistency {
  private final MelCorrection correction;
  private final boolean power;
  private final float share;
  private final float[][][] mel;
  private final float[][] spectrum;
  private final float[][] magnitude;

  /**
   * Prepares for one mel.
   *
   * @param power whether the filters see powers, otherwise magnitudes
   * @param share weight of the spectra's own magnitudes in the blend
   * @param mel {@code [groups][bands][lanes]}, linear
   */
  MelConsistency(
      MelCorrection correction, boolean power, double share, float[][][] mel, int bins, int lanes) {
    this.correction = correction;
    this.power = power;
    this.share = (float) share;
    this.mel = mel;
    spectrum = new float[bins][lanes];
    magnitude = new float[bins][lanes];
  }

  /** Works on rows {@code [bins][lanes]} of one group of frames. */
  void replaceMagnitudes(int group, float[][] estimate, float[][] re, float[][] im) {
    for (int k = 0; k < re.length; k++) {
      magnitude(re[k], im[k], magnitude[k]);
      blend(magnitude[k], estimate[k], spectrum[k], share);
      if (power) {
        square(spectrum[k]);
      }
    }
    float[][] factors = correction.factors(spectrum, mel[group]);
    for (int k = 0; k < re.length; k++) {
      if (k < factors.length) {
        multiply(spectrum[k], factors[k]);
      }
      if (power) {
        root(spectrum[k]);
      }
      divide(spectrum[k], magnitude[k]);
      multiply(re[k], spectrum[k]);
      multiply(im[k], spectrum[k]);
    }
  }

  /** Moves estimated magnitudes {@code [groups][bins][lanes]} towards the mel, in place. */
  void correct(float[][][] estimate, int steps) {
    for (int group = 0; group < estimate.length; group++) {
      for (float[] row : estimate[group]) {
        if (power) {
          square(row);
        }
      }
      for (int step = 0; step < steps; step++) {
        float[][] factors = correction.factors(estimate[group], mel[group]);
        for (int k = 0; k < factors.length; k++) {
          multiply(estimate[group][k], factors[k]);
        }
      }
      for (float[] row : estimate[group]) {
        if (power) {
          root(row);
        }
      }
    }
  }

  private static void magnitude(float[] re, float[] im, float[] target) {
    for (int q = 0; q < target.length; q++) {
      target[q] = (float) Math.sqrt(re[q] * re[q] + im[q] * im[q] + 1e-20f);
    }
  }

  private static void blend(float[] own, float[] estimate, float[] target, float share) {
    for (int q = 0; q < target.length; q++) {
      target[q] = share * own[q] + (1 - share) * estimate[q];
    }
  }

  private static void square(float[] value) {
    for (int q = 0; q < value.length; q++) {
      value[q] *= value[q];
    }
  }

  private static void root(float[] value) {
    for (int q = 0; q < value.length; q++) {
      value[q] = (float) Math.sqrt(value[q]);
    }
  }

  private static void multiply(float[] value, float[] factor) {
    for (int q = 0; q < value.length; q++) {
      value[q] *= factor[q];
    }
  }

  private static void divide(float[] value, float[] divisor) {
    for (int q = 0; q < value.length; q++) {
      value[q] /= divisor[q];
    }
  }
}
