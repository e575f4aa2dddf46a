package org.vocalise.dsp.phase;

import org.vocalise.dsp.stft.FrameTransform;
import org.vocalise.dsp.stft.PolyphaseSignal;

/*
 * Griffin, Lim, "Signal estimation from modified short-time Fourier transform", 1984; Perraudin,
 * Balazs, Sondergaard, "A fast Griffin-Lim algorithm", 2013. One pass over the frames does an
 * iteration: analyse the old signal, replace magnitudes, add the frames to the new signal, while a
 * block's spectra are in the cache.
 */

/** The state of a Griffin-Lim reconstruction: magnitudes wanted and the signal so far. */
final class GriffinLimIterations {
  private final FrameTransform transform;
  private final int frames;
  private final int lanes;
  private final int bins;
  private final float[][][] target;
  private final float[][][] lastRe;
  private final float[][][] lastIm;
  private final float[] gain;
  private final SignalEdges edges;
  private PolyphaseSignal signal;
  private PolyphaseSignal next;

  /** Prepares for magnitudes {@code [bins][frames]}, which are copied. */
  GriffinLimIterations(
      FrameTransform transform, int hop, float[] magnitude, int frames, SignalEdges edges) {
    this.transform = transform;
    this.frames = frames;
    this.edges = edges;
    lanes = transform.lanes();
    bins = transform.bins();
    int groups = 2 * ((frames + 2 * lanes - 1) / (2 * lanes));
    target = new float[groups][bins][lanes];
    lastRe = new float[groups][bins][lanes];
    lastIm = new float[groups][bins][lanes];
    gain = new float[lanes];
    signal = new PolyphaseSignal(hop, transform.columns(frames));
    next = new PolyphaseSignal(hop, transform.columns(frames));
    retarget(magnitude);
  }

  /** Replaces the wanted magnitudes {@code [bins][frames]}. */
  void retarget(float[] magnitude) {
    for (int group = 0; group < target.length; group++) {
      int first = group * lanes;
      int count = Math.min(lanes, frames - first);
      for (int k = 0; k < bins && count > 0; k++) {
        System.arraycopy(magnitude, k * frames + first, target[group][k], 0, count);
      }
    }
  }

  /** Makes the first signal from phases in turns, {@code [bins][frames]}. */
  void start(float[] phase) {
    next.clear();
    for (int pair = 0; pair < target.length; pair += 2) {
      for (int half = 0; half < 2; half++) {
        int first = (pair + half) * lanes;
        int count = Math.max(0, Math.min(lanes, frames - first));
        for (int k = 0; k < bins; k++) {
          float[] re = transform.re(half)[k];
          float[] im = transform.im(half)[k];
          float[] wanted = target[pair + half][k];
          for (int q = 0; q < count; q++) {
            float turns = phase[k * frames + first + q];
            re[q] = wanted[q] * Elementary.cos(turns);
            im[q] = wanted[q] * Elementary.sin(turns);
          }
          for (int q = count; q < lanes; q++) {
            re[q] = 0;
            im[q] = 0;
          }
        }
      }
      transform.synthesise(next, pair * lanes);
    }
    finish();
  }

  /**
   * Does one iteration.
   *
   * @param momentum 0 for classic Griffin-Lim; otherwise alpha of the fast form
   * @param first whether there is no earlier spectrum to take the momentum from
   */
  void iterate(float momentum, boolean first) {
    float share = momentum / (1 + momentum);
    next.clear();
    for (int pair = 0; pair < target.length; pair += 2) {
      transform.analyse(signal, pair * lanes);
      for (int half = 0; half < 2; half++) {
        int group = pair + half;
        for (int k = 0; k < bins; k++) {
          float[] re = transform.re(half)[k];
          float[] im = transform.im(half)[k];
          if (momentum > 0) {
            extrapolate(re, lastRe[group][k], first ? 0 : share);
            extrapolate(im, lastIm[group][k], first ? 0 : share);
          }
          gains(re, im, target[group][k], gain);
          multiply(re, im, gain);
        }
      }
      transform.synthesise(next, pair * lanes);
    }
    finish();
  }

  /** Spectral convergence of the present signal: |target - |STFT|| / |target| over all bins. */
  double convergence() {
    double difference = 0;
    double total = 0;
    for (int pair = 0; pair < target.length; pair += 2) {
      transform.analyse(signal, pair * lanes);
      for (int half = 0; half < 2; half++) {
        int group = pair + half;
        int count = Math.min(lanes, frames - group * lanes);
        for (int k = 0; k < bins; k++) {
          float[] re = transform.re(half)[k];
          float[] im = transform.im(half)[k];
          for (int q = 0; q < count; q++) {
            double wanted = target[group][k][q];
            double is = Math.sqrt((double) re[q] * re[q] + (double) im[q] * im[q]);
            difference += (wanted - is) * (wanted - is);
            total += wanted * wanted;
          }
        }
      }
    }
    return total == 0 ? 0 : Math.sqrt(difference / total);
  }

  /** The signal so far, in the padded time of the frames. */
  PolyphaseSignal signal() {
    return signal;
  }

  private void finish() {
    edges.apply(next);
    PolyphaseSignal swap = signal;
    signal = next;
    next = swap;
  }

  private static void extrapolate(float[] value, float[] last, float share) {
    for (int q = 0; q < value.length; q++) {
      float x = value[q];
      value[q] = x - share * last[q];
      last[q] = x;
    }
  }

  private static void gains(float[] re, float[] im, float[] wanted, float[] gain) {
    for (int q = 0; q < gain.length; q++) {
      gain[q] = wanted[q] / (float) Math.sqrt(re[q] * re[q] + im[q] * im[q] + 1e-20f);
    }
  }

  private static void multiply(float[] re, float[] im, float[] gain) {
    for (int q = 0; q < gain.length; q++) {
      re[q] *= gain[q];
      im[q] *= gain[q];
    }
  }
}
