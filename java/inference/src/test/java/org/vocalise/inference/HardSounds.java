package org.vocalise.inference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.synth.Onset;
import org.vocalise.dsp.synth.SungNote;
import org.vocalise.dsp.synth.SungPhrase;
import org.vocalise.dsp.synth.Vowel;

/** Sounds that may upset a vocoder, mono at {@link #RATE}. */
final class HardSounds {
  static final int RATE = 22050;

  /** A sound and what it is. */
  record Sound(String name, Waveform wave) {
    Sound(String name, float[] samples) {
      this(name, new Waveform(samples, RATE));
    }

    float[] samples() {
      return wave.samples();
    }
  }

  private HardSounds() {}

  /** Silence, noise, voices of every kind, pitches beyond any voice, and jumps of level. */
  static List<Sound> all() {
    float[] phrase = SungPhrase.sing(RATE).samples();
    return List.of(
        new Sound("silence", new float[3 * RATE]),
        new Sound("noise", noise()),
        new Sound("one frame", Arrays.copyOf(phrase, 256)),
        new Sound("a click", click()),
        new Sound("a phrase", phrase),
        new Sound("speech", speech()),
        new Sound("a phrase that jumps by 20 dB", jumping(phrase)),
        new Sound("a hum of 41 Hz", tone(41, 1)),
        new Sound("a creak of 50 Hz", tone(50, 80)),
        new Sound("a note of 2 kHz", tone(2000, 4)),
        new Sound("a whistle of 2 kHz", tone(2000, 1)),
        new Sound("a whistle of 3.8 kHz", tone(3800, 1)),
        new Sound("a tone above the mel", tone(9000, 1)),
        new Sound("full scale", scaled(phrase, 1 / 0.7)));
  }

  /**
   * Three sentences by a low voice whose pitch falls: syllables of a fifth of a second, hiss,
   * plosives, and pauses before them and between the sentences.
   */
  static float[] speech() {
    Onset[] onsets = {
      Onset.T, Onset.H, Onset.S, Onset.L, Onset.T, Onset.SH, Onset.M, Onset.NONE, Onset.T
    };
    Vowel[] vowels = Vowel.values();
    List<SungNote> syllables = new ArrayList<>();
    for (int i = 0; i < 27; i++) {
      double pitch = 48 - 0.8 * (i % 9) + i % 2;
      double seconds = 0.14 + 0.03 * (i % 4);
      Onset onset = onsets[i % 9];
      if (onset == Onset.T) {
        syllables.add(SungNote.rest(0.05));
      }
      syllables.add(new SungNote(pitch, seconds, onset, vowels[i % 5], 0.5 + 0.1 * (i % 4)));
      if (i % 9 == 8) {
        syllables.add(SungNote.rest(0.4));
      }
    }
    return SungPhrase.sing(syllables, RATE).samples();
  }

  /** The level goes 20 dB down and up again every .4 s. */
  static float[] jumping(float[] samples) {
    float[] jumping = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      jumping[i] = i / (int) (0.4 * RATE) % 2 == 0 ? samples[i] : 0.1f * samples[i];
    }
    return jumping;
  }

  static float[] scaled(float[] samples, double factor) {
    float[] scaled = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      scaled[i] = (float) (factor * samples[i]);
    }
    return scaled;
  }

  /** Two seconds of a tone with so many harmonics below half the rate, with a peak of up to .6. */
  static float[] tone(double hz, int harmonics) {
    double[] sum = new double[2 * RATE];
    double peak = 0;
    for (int i = 0; i < sum.length; i++) {
      for (int n = 1; n <= harmonics; n++) {
        sum[i] += Math.sin(2 * Math.PI * hz * n * i / RATE) / n;
      }
      peak = Math.max(peak, Math.abs(sum[i]));
    }
    float[] samples = new float[sum.length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (0.6 * sum[i] / peak);
    }
    return samples;
  }

  private static float[] noise() {
    Random random = new Random(1);
    float[] samples = new float[2 * RATE];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (0.6 * random.nextDouble() - 0.3);
    }
    return samples;
  }

  private static float[] click() {
    float[] samples = new float[RATE];
    samples[RATE / 2] = 1;
    return samples;
  }
}
