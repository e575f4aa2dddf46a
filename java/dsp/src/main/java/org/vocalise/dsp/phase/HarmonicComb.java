package org.vocalise.dsp.phase;

import java.util.Arrays;
import org.vocalise.dsp.mel.MelSpec;
import org.vocalise.dsp.pitch.Yin;

/*
 * A mel of 80 bands resolves the harmonics of singing up to 1 or 2 kHz; a signal made from its smooth
 * envelope already has the right pitch. Knowing the pitch, the valleys between the higher harmonics
 * can be cut. Depths and widths were chosen on the select half of the validation recordings.
 */

/**
 * Cuts the valleys between the harmonics of voiced frames into log magnitudes. Has working memory:
 * one instance per thread.
 */
final class HarmonicComb {
  private static final double F_MIN = 60;
  private static final double F_MAX = 1200;
  private static final double LARGEST_APERIODICITY = 0.3;
  private static final double DEPTH = 4;
  private static final double FULL_DEPTH_PITCH = 300;
  private static final double DEPTH_ENDS_AT = 9000;
  private static final double BEGINS_AT = 300;
  private static final double FULL_AT = 1000;
  private static final double WIDTH_IN_BINS = 1.3;

  private final MelSpec spec;
  private final Yin yin;

  HarmonicComb(MelSpec spec) {
    this.spec = spec;
    yin = new Yin(spec.sampleRate(), F_MIN, Math.min(F_MAX, spec.sampleRate() / 4.0));
  }

  /**
   * Finds the pitch of each frame and cuts the valleys.
   *
   * @param samples a signal with about the right pitch, in the padded time of the frames
   * @param envelope log magnitudes {@code [bins][frames]}, modified
   */
  void cut(float[] samples, int length, float[] envelope, int frames) {
    double[] pitch = new double[frames];
    double[] aperiodicity = new double[frames];
    for (int t = 0; t < frames; t++) {
      double found = yin.frequency(samples, length, t * spec.hop() + spec.nFft() / 2);
      aperiodicity[t] = yin.aperiodicity();
      pitch[t] = aperiodicity[t] < LARGEST_APERIODICITY ? found : 0;
    }
    double[] steady = steady(pitch);
    for (int t = 0; t < frames; t++) {
      if (steady[t] > 0) {
        cutFrame(envelope, frames, t, steady, aperiodicity[t]);
      }
    }
  }

  /** Keeps pitches within 6 % of the median of five frames, of which three must be voiced. */
  private static double[] steady(double[] pitch) {
    double[] kept = new double[pitch.length];
    double[] near = new double[5];
    for (int t = 0; t < pitch.length; t++) {
      int count = 0;
      for (int u = Math.max(0, t - 2); u <= Math.min(pitch.length - 1, t + 2); u++) {
        if (pitch[u] > 0) {
          near[count++] = pitch[u];
        }
      }
      Arrays.sort(near, 0, count);
      double median = near[count / 2];
      if (count >= 3 && Math.abs(pitch[t] - median) < 0.06 * median) {
        kept[t] = pitch[t];
      }
    }
    return kept;
  }

  private void cutFrame(float[] envelope, int frames, int t, double[] pitch, double aperiodicity) {
    double f0 = pitch[t];
    boolean inside = t > 0 && t < frames - 1 && pitch[t - 1] > 0 && pitch[t + 1] > 0;
    double glide = inside ? Math.abs(pitch[t + 1] - pitch[t - 1]) / 2 : 0;
    glide = Math.min(glide, 0.05 * f0);
    double certainty = Math.min(1, 2 * (1 - aperiodicity / LARGEST_APERIODICITY));
    double depth = DEPTH * certainty * Math.min(1, f0 / FULL_DEPTH_PITCH);
    double binHz = spec.sampleRate() / (double) spec.nFft();
    double width = WIDTH_IN_BINS * spec.sampleRate() / spec.windowLength();
    int end = (int) Math.min(spec.bins(), Math.ceil(Math.min(spec.fMax(), DEPTH_ENDS_AT) / binHz));
    for (int k = (int) (BEGINS_AT / binHz); k < end; k++) {
      double hz = k * binHz;
      double harmonic = Math.max(1, Math.rint(hz / f0));
      double offset = hz - harmonic * f0;
      // A gliding pitch spreads its higher harmonics over more bins.
      double spread = width + harmonic * glide;
      double onset = Math.max(0, Math.min(1, (hz - BEGINS_AT) / (FULL_AT - BEGINS_AT)));
      double here = depth * onset * (1 - hz / DEPTH_ENDS_AT);
      float ridge = Elementary.exp((float) (-offset * offset / (2 * spread * spread)));
      envelope[k * frames + t] -= (float) (here * (1 - ridge));
    }
  }
}
