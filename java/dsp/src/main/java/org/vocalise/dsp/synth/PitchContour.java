package org.vocalise.dsp.synth;

/**
 * The pitch of a voice over time: glides between notes, a vibrato that sets in late on each note,
 * and a slight unsteadiness. Not thread-safe.
 */
final class PitchContour {
  private static final double GLIDE_SECONDS = 0.022;
  private static final double VIBRATO_DELAY = 0.22;
  private static final double VIBRATO_RISE = 0.3;
  private static final double VIBRATO_SEMITONES = 0.45;
  private static final double VIBRATO_HERTZ = 5.6;
  private static final double UNSTEADINESS_SEMITONES = 0.9;

  private final double interval;
  private final Noise noise;
  private double pitch;
  private double slope;
  private double depth;
  private double vibratoPhase;
  private double drift;

  /**
   * Starts on a pitch.
   *
   * @param interval seconds from one call of {@link #advance} to the next
   */
  PitchContour(double pitch, double interval, Noise noise) {
    this.pitch = pitch;
    this.interval = interval;
    this.noise = noise;
  }

  /**
   * Moves on by an interval.
   *
   * @param target MIDI note number
   * @param age seconds since the note began
   * @return fundamental frequency in Hz
   */
  double advance(double target, double age) {
    // A critically damped spring: the pitch leaves softly and arrives softly.
    double pull = (target - pitch) / (GLIDE_SECONDS * GLIDE_SECONDS) - 2 * slope / GLIDE_SECONDS;
    slope += interval * pull;
    pitch += interval * slope;
    double wanted =
        VIBRATO_SEMITONES * Math.max(0, Math.min(1, (age - VIBRATO_DELAY) / VIBRATO_RISE));
    depth += interval / 0.05 * (wanted - depth);
    drift += interval / 0.06 * (noise.next() - drift);
    vibratoPhase += 2 * Math.PI * interval * VIBRATO_HERTZ * (1 + drift);
    double semitones =
        pitch + depth * StrictMath.sin(vibratoPhase) + UNSTEADINESS_SEMITONES * drift;
    return 440 * StrictMath.pow(2, (semitones - 69) / 12);
  }
}
