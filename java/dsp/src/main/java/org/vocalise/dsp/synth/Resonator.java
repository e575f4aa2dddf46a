package org.vocalise.dsp.synth;

/**
 * A second-order resonance with gain 1 at 0 Hz (Klatt, "Software for a cascade/parallel formant
 * synthesizer", JASA 67, 1980, eq. 1 and 2). Not thread-safe.
 */
final class Resonator {
  private double a = 1;
  private double b;
  private double c;
  private double stepB;
  private double stepC;
  private int stepsLeft;
  private double last;
  private double beforeLast;

  /** Sets frequency and bandwidth in Hz at once. */
  void tune(double frequency, double bandwidth, int sampleRate) {
    glide(frequency, bandwidth, sampleRate, 1);
    step();
  }

  /** Moves to a frequency and bandwidth in Hz within some samples: a jump would click. */
  void glide(double frequency, double bandwidth, int sampleRate, int samples) {
    double radius = StrictMath.exp(-Math.PI * bandwidth / sampleRate);
    double targetB = 2 * radius * StrictMath.cos(2 * Math.PI * frequency / sampleRate);
    stepB = (targetB - b) / samples;
    stepC = (-radius * radius - c) / samples;
    stepsLeft = samples;
  }

  private void step() {
    b += stepB;
    c += stepC;
    a = 1 - b - c;
    stepsLeft--;
  }

  /** Filters a sample. */
  double filter(double input) {
    if (stepsLeft > 0) {
      step();
    }
    double output = a * input + b * last + c * beforeLast;
    beforeLast = last;
    last = output;
    return output;
  }
}
