package org.vocalise.dsp.pitch;

/*
 * A difference function is a correlation and thus band-limited: a windowed sinc gives it between the
 * samples, where a parabola through three of them fails once harmonics have periods of few samples.
 */

/** Finds the bottom of a dip of a difference function between the samples. Not thread-safe. */
final class DipRefinement {
  private static final int STEPS = 8;
  private static final int REACH = 8;

  /** Longer lags turn a fraction of a sample into little: a parabola does. */
  private static final int LONGEST = 64;

  private final double[][] kernels = new double[STEPS][2 * REACH];
  private final double[] values = new double[2 * STEPS + 1];
  private double lag;
  private double value;

  DipRefinement() {
    for (int step = 0; step < STEPS; step++) {
      double sum = 0;
      for (int tap = 0; tap < 2 * REACH; tap++) {
        double x = step / (double) STEPS + REACH - 1 - tap;
        double hann = 0.5 + 0.5 * StrictMath.cos(Math.PI * x / REACH);
        double sinc = x == 0 ? 1 : StrictMath.sin(Math.PI * x) / (Math.PI * x);
        kernels[step][tap] = hann * sinc;
        sum += hann * sinc;
      }
      for (int tap = 0; tap < 2 * REACH; tap++) {
        kernels[step][tap] /= sum;
      }
    }
  }

  /** Finds the bottom near a lag at which, of whole lags, the function is least. */
  void find(double[] difference, int near) {
    if (near + REACH >= difference.length || near > LONGEST) {
      parabola(difference[near - 1], difference[near], difference[near + 1]);
      lag += near;
      return;
    }
    int least = 1;
    for (int i = 0; i < values.length; i++) {
      values[i] = at(difference, near - 1 + i / STEPS, i % STEPS);
      least = i > 0 && i < values.length - 1 && values[i] < values[least] ? i : least;
    }
    parabola(values[least - 1], values[least], values[least + 1]);
    lag = near - 1 + (least + lag) / STEPS;
  }

  /** Lag of the bottom, in samples. */
  double lag() {
    return lag;
  }

  /** Value at the bottom, at least 0. */
  double value() {
    return value;
  }

  private double at(double[] difference, int whole, int step) {
    double sum = 0;
    for (int tap = 0; tap < 2 * REACH; tap++) {
      sum += kernels[step][tap] * difference[Math.abs(whole - REACH + 1 + tap)];
    }
    return sum;
  }

  private void parabola(double before, double here, double after) {
    double bend = before - 2 * here + after;
    double shift = bend > 1e-12 ? (before - after) / (2 * bend) : 0;
    lag = Math.max(-1, Math.min(1, shift));
    value = Math.max(0, here - (before - after) * lag / 4);
  }
}
