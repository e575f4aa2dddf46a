package org.vocalise.dsp.phase;

import org.vocalise.dsp.mel.MelFilterbank;
import org.vocalise.dsp.mel.MelSpec;

/**
 * A smooth first guess of log magnitudes: each band's mean level, interpolated between the bands'
 * centres, and extrapolated above the highest band. Immutable.
 *
 * <p>The level above the mel's highest frequency is the mean of the bands in the sixth below it,
 * falling by half a neper to the Nyquist frequency (docs/griffin-lim.md).
 */
final class LogEnvelope {
  /** What an empty bin has, far below any recording. */
  static final float SILENCE = -20;

  private static final double TOP_SHARE = 5.0 / 6;
  private static final float FALL = 0.5f;
  private static final float SMALLEST = 1e-8f;

  private final int bins;
  private final int bands;
  private final int bandEnd;
  private final int topBand;
  private final boolean power;
  private final float[] inverseArea;
  private final int[] lower;
  private final float[] fraction;

  LogEnvelope(MelSpec spec, MelFilterbank filterbank) {
    bins = spec.bins();
    bands = spec.bands();
    power = spec.spectrum() == MelSpec.Spectrum.POWER;
    bandEnd = filterbank.endBin();
    inverseArea = new float[bands];
    double[] centre = new double[bands];
    int top = bands - 1;
    for (int band = 0; band < bands; band++) {
      double area = 0;
      for (int i = 0; i < filterbank.width(band); i++) {
        area += filterbank.weight(band, i);
      }
      inverseArea[band] = area > 0 ? (float) (1 / area) : 0;
      centre[band] = filterbank.centreHz(band) * spec.nFft() / spec.sampleRate();
      if (filterbank.centreHz(band) >= TOP_SHARE * spec.fMax()) {
        top = Math.min(top, band);
      }
    }
    topBand = top;
    lower = new int[bins];
    fraction = new float[bins];
    int above = 0;
    for (int k = 0; k < bins; k++) {
      while (above < bands && centre[above] <= k) {
        above++;
      }
      lower[k] = Math.max(0, Math.min(bands - 1, above - 1));
      boolean between = above > 0 && above < bands;
      fraction[k] =
          between ? (float) ((k - centre[above - 1]) / (centre[above] - centre[above - 1])) : 0;
    }
  }

  /** First bin that no filter sees, at the upper end. */
  int bandEnd() {
    return bandEnd;
  }

  /**
   * Computes the guess.
   *
   * @param mel linear values {@code [bands][frames]}
   * @param fill whether bins above the bands are extrapolated; otherwise they are silent
   * @return natural logarithm of magnitudes, {@code [bins][frames]}
   */
  float[] of(float[] mel, int frames, boolean fill) {
    float[] level = new float[bands * frames];
    float scale = power ? 0.5f : 1;
    for (int band = 0; band < bands; band++) {
      for (int t = band * frames; t < (band + 1) * frames; t++) {
        level[t] = scale * Elementary.log(Math.max(mel[t] * inverseArea[band], SMALLEST));
      }
    }
    float[] envelope = new float[bins * frames];
    for (int k = 0; k < bandEnd; k++) {
      int low = lower[k] * frames;
      int high = Math.min(bands - 1, lower[k] + 1) * frames;
      for (int t = 0; t < frames; t++) {
        envelope[k * frames + t] =
            level[low + t] + fraction[k] * (level[high + t] - level[low + t]);
      }
    }
    extrapolate(level, frames, fill, envelope);
    return envelope;
  }

  private void extrapolate(float[] level, int frames, boolean fill, float[] envelope) {
    for (int t = 0; t < frames; t++) {
      float top = 0;
      for (int band = topBand; band < bands; band++) {
        top += level[band * frames + t];
      }
      top /= bands - topBand;
      for (int k = bandEnd; k < bins; k++) {
        float place = (k - bandEnd) / (float) (bins - bandEnd);
        envelope[k * frames + t] = fill ? top - FALL * place : SILENCE;
      }
    }
  }
}
