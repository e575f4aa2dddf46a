package org.vocalise.dsp.synth;

/**
 * The voice source: a sum of all harmonics below the Nyquist frequency, falling by 6 dB an octave
 * (larynx and radiation at the lips together), and by 12 above a corner. Not thread-safe.
 */
final class Glottis {
  private final int sampleRate;
  private final double[] amplitudes;
  private int harmonics;
  private double step;
  private double phase;

  Glottis(int sampleRate, double lowestFrequency) {
    this.sampleRate = sampleRate;
    amplitudes = new double[(int) Math.ceil(sampleRate / (2 * lowestFrequency)) + 1];
  }

  /** Sets fundamental frequency and corner of the fall, in Hz. */
  void tune(double frequency, double corner) {
    step = 2 * Math.PI * frequency / sampleRate;
    double nyquist = sampleRate / 2.0;
    harmonics = (int) Math.min(amplitudes.length, nyquist / frequency);
    for (int i = 0; i < harmonics; i++) {
      double at = (i + 1) * frequency;
      double tilt = Math.sqrt(1 + at / corner * (at / corner));
      // Harmonics that vibrato drives across the Nyquist frequency fade instead of clicking.
      double fade = Math.min(1, (nyquist - at) / (0.08 * nyquist));
      amplitudes[i] = fade / ((i + 1) * tilt);
    }
  }

  /** The next sample, about -2 to 2. */
  double next() {
    phase += step;
    if (phase >= 2 * Math.PI) {
      phase -= 2 * Math.PI;
    }
    // sin(k x) = 2 cos(x) sin((k - 1) x) - sin((k - 2) x)
    double twiceCosine = 2 * StrictMath.cos(phase);
    double sine = StrictMath.sin(phase);
    double before = 0;
    double sum = 0;
    for (int i = 0; i < harmonics; i++) {
      sum += amplitudes[i] * sine;
      double next = twiceCosine * sine - before;
      before = sine;
      sine = next;
    }
    return sum;
  }

  /** How far the vocal folds are open, 0 to 1: breath noise comes in pulses. */
  double openness() {
    return 0.5 - 0.5 * StrictMath.cos(phase);
  }
}
