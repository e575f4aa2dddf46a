package org.vocalise.dsp.phase;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.stft.FrameTransform;
import org.vocalise.dsp.stft.PolyphaseSignal;

/*
 * Classic: Griffin, Lim, "Signal estimation from modified short-time Fourier transform", 1984.
 * Accelerated: Nenov, Nguyen, Balazs, Bot, "Accelerated Griffin-Lim algorithm", 2023, with its
 * alpha = momentum, beta = 1.1, gamma = 1.25.
 *
 * Every step of the accelerated form but the replacing of magnitudes is linear, so that momentum is
 * taken on signals instead of spectra, which are four times as large. One pass over the frames does
 * an iteration: analyse, replace magnitudes, add to the next signal, while a block's spectra are in
 * the cache.
 */

/** A Griffin-Lim reconstruction: the magnitudes wanted and the signal so far. */
final class GriffinLimIterations {
  private static final float BETA = 1.1f;
  private static final float GAMMA = 1.25f;

  private final FrameTransform transform;
  private final int lanes;
  private final int bins;
  private final int frames;
  private final float[][][] target;
  private final SignalEdges edges;
  private final @Nullable MelConsistency consistency;
  private final float[] gain;
  private PolyphaseSignal signal;
  private PolyphaseSignal next;
  private final PolyphaseSignal ahead;
  private final PolyphaseSignal inertia;

  /**
   * Prepares a reconstruction.
   *
   * @param target magnitudes wanted, {@code [groups][bins][lanes]}, zero behind the last frame
   * @param consistency what moves the magnitudes in each iteration, or null to keep them
   */
  GriffinLimIterations(
      FrameTransform transform,
      int hop,
      int frames,
      float[][][] target,
      SignalEdges edges,
      @Nullable MelConsistency consistency) {
    this.transform = transform;
    this.frames = frames;
    this.target = target;
    this.edges = edges;
    this.consistency = consistency;
    lanes = transform.lanes();
    bins = transform.bins();
    gain = new float[lanes];
    int columns = transform.columns(frames);
    signal = new PolyphaseSignal(hop, columns);
    next = new PolyphaseSignal(hop, columns);
    ahead = new PolyphaseSignal(hop, columns);
    inertia = new PolyphaseSignal(hop, columns);
  }

  /** Makes the first signal from phases in turns, in [0, 1], {@code [bins][frames]}. */
  void start(float[] phase) {
    signal.clear();
    for (int pair = 0; pair < target.length; pair += 2) {
      for (int half = 0; half < 2; half++) {
        int first = (pair + half) * lanes;
        for (int k = 0; k < bins; k++) {
          float[] re = transform.re(half)[k];
          float[] im = transform.im(half)[k];
          float[] wanted = target[pair + half][k];
          for (int q = 0; q < lanes; q++) {
            float turns = first + q < frames ? phase[k * frames + first + q] : 0;
            re[q] = wanted[q] * Elementary.cos(turns);
            im[q] = wanted[q] * Elementary.sin(turns);
          }
        }
      }
      transform.synthesise(signal, pair * lanes);
    }
    edges.apply(signal);
    ahead.copy(signal);
    inertia.copy(signal);
  }

  /** Does one iteration with a momentum of 0 (classic) to 1. */
  void iterate(float momentum) {
    next.clear();
    for (int pair = 0; pair < target.length; pair += 2) {
      transform.analyse(ahead, pair * lanes);
      for (int half = 0; half < 2; half++) {
        replaceMagnitudes(pair + half, transform.re(half), transform.im(half));
      }
      transform.synthesise(next, pair * lanes);
    }
    edges.apply(next);
    if (momentum > 0) {
      accelerate(momentum);
    } else {
      ahead.copy(next);
    }
    PolyphaseSignal swap = signal;
    signal = next;
    next = swap;
  }

  /** Spectral convergence of the present signal: |target - |STFT|| / |target| over all bins. */
  double convergence() {
    double difference = 0;
    double total = 0;
    for (int pair = 0; pair < target.length; pair += 2) {
      transform.analyse(signal, pair * lanes);
      for (int half = 0; half < 2; half++) {
        int count = Math.min(lanes, frames - (pair + half) * lanes);
        for (int k = 0; k < bins; k++) {
          float[] re = transform.re(half)[k];
          float[] im = transform.im(half)[k];
          for (int q = 0; q < count; q++) {
            double wanted = target[pair + half][k][q];
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

  private void replaceMagnitudes(int group, float[][] re, float[][] im) {
    if (consistency == null) {
      for (int k = 0; k < bins; k++) {
        gains(re[k], im[k], target[group][k], gain);
        multiply(re[k], im[k], gain);
      }
      return;
    }
    consistency.replaceMagnitudes(group, target[group], re, im);
    // Frames behind the last one see its end, but are none of the signal's.
    int count = Math.max(0, frames - group * lanes);
    for (int k = 0; k < bins && count < lanes; k++) {
      Arrays.fill(re[k], count, lanes, 0);
      Arrays.fill(im[k], count, lanes, 0);
    }
  }

  /** Turns the projection in {@code next} into the next signal, and moves ahead and inertia on. */
  private void accelerate(float momentum) {
    for (int r = 0; r < next.hop(); r++) {
      float[] now = next.rows()[r];
      float[] before = signal.rows()[r];
      blend(now, inertia.rows()[r]);
      extrapolate(ahead.rows()[r], now, before, momentum);
      extrapolate(inertia.rows()[r], now, before, BETA);
    }
  }

  private static void blend(float[] projected, float[] inertia) {
    for (int q = 0; q < projected.length; q++) {
      projected[q] = GAMMA * projected[q] + (1 - GAMMA) * inertia[q];
    }
  }

  private static void extrapolate(float[] target, float[] now, float[] before, float factor) {
    for (int q = 0; q < target.length; q++) {
      target[q] = now[q] + factor * (now[q] - before[q]);
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
