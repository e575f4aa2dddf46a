package org.vocalise.dsp.synth;

import java.util.List;

/**
 * Follows a melody and drives the parts of the voice: what the larynx, the tongue and the breath do
 * at each moment is set about a thousand times a second, and smoothed as muscles would. Serves one
 * melody.
 */
final class Singer {
  private static final double LOWEST_FREQUENCY = 25;
  private static final double RELEASE_SECONDS = 0.09;
  private static final double BREATH_SECONDS = 0.2;

  private final List<SungNote> melody;
  private final int sampleRate;
  private final int interval;
  private final Noise noise = new Noise(1);
  private final VocalTract tract;
  private final Glottis glottis;
  private final PitchContour contour;
  private final Resonator teeth = new Resonator();

  // What sounds now; each follows its target.
  private double voicing;
  private double aspiration;
  private double hiss;
  private double lastHiss;
  private double lastHissSlope;
  private double lastAir;

  /** Keeps the density of noise, per Hz, the same at every rate. */
  private final double noiseGain;

  Singer(List<SungNote> melody, int sampleRate) {
    this.melody = melody;
    this.sampleRate = sampleRate;
    interval = sampleRate / 4000;
    noiseGain = Math.sqrt(sampleRate / 22050.0);
    tract = new VocalTract(sampleRate, interval, melody.get(0).vowel());
    glottis = new Glottis(sampleRate, LOWEST_FREQUENCY);
    double seconds = interval / (double) sampleRate;
    contour = new PitchContour(firstPitch(), seconds, new Noise(2));
  }

  private double firstPitch() {
    for (SungNote note : melody) {
      if (!note.isRest()) {
        return note.pitch();
      }
    }
    return melody.get(0).pitch();
  }

  float[] sing() {
    double total = 0;
    for (SungNote note : melody) {
      total += note.seconds();
    }
    float[] samples = new float[(int) Math.round(total * sampleRate)];
    double noteEnd = 0;
    int position = 0;
    for (int i = 0; i < melody.size(); i++) {
      double noteStart = noteEnd;
      noteEnd += melody.get(i).seconds();
      long last = i == melody.size() - 1 ? samples.length : Math.round(noteEnd * sampleRate);
      while (position < last) {
        int count = (int) Math.min(interval, last - position);
        articulate(i, position / (double) sampleRate - noteStart);
        sound(samples, position, count);
        position += count;
      }
    }
    return samples;
  }

  /** Sets every part of the voice for a moment, {@code age} seconds into a note. */
  private void articulate(int index, double age) {
    SungNote note = melody.get(index);
    SungNote next = melody.get(Math.min(index + 1, melody.size() - 1));
    if (note.isRest()) {
      breathe(note, next, age);
      return;
    }
    Onset onset = note.onset();
    boolean inOnset = age < onset.seconds;
    double left = note.seconds() - age;
    boolean ending = left < RELEASE_SECONDS && (next.isRest() || index == melody.size() - 1);
    double swell = 0.8 + 0.2 * StrictMath.sin(Math.PI * Math.min(1, age / note.seconds()));
    double voice = note.loudness() * swell * (inOnset ? onset.voicing : 1);
    voicing = approach(voicing, ending ? 0 : voice, ending ? 0.03 : 0.015);
    aspiration = approach(aspiration, inOnset ? onset.aspiration : 0, 0.02);
    boolean hissing = inOnset && age >= onset.closure * onset.seconds;
    hiss = approach(hiss, hissing ? onset.hiss : 0, onset == Onset.T ? 0.004 : 0.018);
    if (inOnset && onset.hiss > 0) {
      teeth.tune(Math.min(onset.hissHz, 0.4 * sampleRate), onset.hissBandwidth, sampleRate);
    }
    for (int i = 0; i < VocalTract.MOVING; i++) {
      double target = inOnset ? onset.formant(i, note.vowel()) : note.vowel().formant(i);
      tract.move(i, target, speed(0.025));
    }
    double frequency = contour.advance(note.pitch(), age);
    glottis.tune(Math.max(LOWEST_FREQUENCY, frequency), 600 + 2600 * voicing);
  }

  /** A rest: the mouth takes the shape of what follows, and air is drawn in before it. */
  private void breathe(SungNote rest, SungNote next, double age) {
    double left = rest.seconds() - age;
    boolean inhaling = !next.isRest() && left < BREATH_SECONDS + 0.04 && left > 0.04;
    voicing = approach(voicing, 0, 0.03);
    aspiration = approach(aspiration, inhaling ? 0.16 : 0, inhaling ? 0.05 : 0.015);
    hiss = approach(hiss, 0, 0.02);
    for (int i = 0; i < VocalTract.MOVING; i++) {
      tract.move(i, next.isRest() ? 500 + 1000 * i : next.vowel().formant(i), speed(0.05));
    }
    contour.advance(next.isRest() ? rest.pitch() : next.pitch(), 0);
  }

  private double approach(double value, double target, double seconds) {
    return value + speed(seconds) * (target - value);
  }

  private double speed(double seconds) {
    return Math.min(1, interval / (seconds * sampleRate));
  }

  private void sound(float[] samples, int offset, int count) {
    for (int i = 0; i < count; i++) {
      double pulses = voicing * (0.3 + glottis.openness());
      double breath = noiseGain * noise.next() * (0.06 * pulses + 0.14 * aspiration);
      double shaped = tract.filter(voicing * glottis.next() + breath);
      // A cascade of formants swallows what is left of the breath above 8 kHz; singers don't.
      double air = 0.7 * (breath - lastAir);
      lastAir = breath;
      // The second difference keeps the low end, which the resonator would pass, out of the hiss.
      double raw = hiss * noiseGain * noise.next();
      double slope = raw - lastHiss;
      double hissed = teeth.filter(slope - lastHissSlope);
      lastHiss = raw;
      lastHissSlope = slope;
      samples[offset + i] = (float) (shaped + air + hissed);
    }
  }
}
