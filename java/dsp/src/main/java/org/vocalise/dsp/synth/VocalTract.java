package org.vocalise.dsp.synth;

/**
 * The resonances between larynx and lips: a cascade of formants up to the Nyquist frequency, of
 * which the first three move. Not thread-safe.
 */
final class VocalTract {
  static final int MOVING = 3;

  /** Above the third formant: those of a straight tube of 15 cm, about every 1150 Hz. */
  private static final double FOURTH = 3900;

  private static final double SPACING = 1150;

  private final int sampleRate;
  private final int interval;
  private final Resonator[] cascade;
  private final double[] frequencies = new double[MOVING];

  /**
   * A tract in the shape of a vowel.
   *
   * @param interval samples from one call of {@link #move} to the next
   */
  VocalTract(int sampleRate, int interval, Vowel start) {
    this.sampleRate = sampleRate;
    this.interval = interval;
    double nyquist = sampleRate / 2.0;
    int fixed = (int) Math.max(0, Math.ceil((0.95 * nyquist - FOURTH) / SPACING));
    cascade = new Resonator[MOVING + fixed];
    for (int i = 0; i < cascade.length; i++) {
      cascade[i] = new Resonator();
    }
    for (int i = 0; i < fixed; i++) {
      double frequency = FOURTH + i * SPACING;
      cascade[MOVING + i].tune(frequency, bandwidth(frequency), sampleRate);
    }
    for (int i = 0; i < MOVING; i++) {
      frequencies[i] = start.formant(i);
      move(i, frequencies[i], 1);
    }
  }

  private static double bandwidth(double frequency) {
    return 60 + frequency / 22;
  }

  /** Moves a formant the share {@code speed} of its way to a target in Hz. */
  void move(int index, double target, double speed) {
    frequencies[index] += speed * (target - frequencies[index]);
    double frequency = Math.min(frequencies[index], 0.45 * sampleRate);
    cascade[index].glide(frequency, bandwidth(frequency), sampleRate, interval);
  }

  /** Filters a sample. */
  double filter(double input) {
    double value = input;
    for (Resonator formant : cascade) {
      value = formant.filter(value);
    }
    return value;
  }
}
