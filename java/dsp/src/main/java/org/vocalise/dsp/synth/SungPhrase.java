package org.vocalise.dsp.synth;

import java.util.List;
import org.vocalise.dsp.audio.Waveform;

/**
 * A sung phrase, made by a source-filter synthesiser: no data is needed for a demonstration or a
 * test. The same melody and rate give the same samples on every machine.
 */
public final class SungPhrase {
  /** The lowest rate at which a voice still sounds like one. */
  public static final int LOWEST_RATE = 8000;

  /** The highest rate. */
  public static final int HIGHEST_RATE = 192_000;

  private static final double PEAK = 0.7;

  /** Seven syllables, a breath, seven more: about six seconds. */
  private static final List<SungNote> MELODY =
      List.of(
          SungNote.rest(0.25),
          new SungNote(64, 0.45, Onset.S, Vowel.A, 0.7),
          new SungNote(67, 0.35, Onset.L, Vowel.A, 0.75),
          new SungNote(69, 0.75, Onset.M, Vowel.I, 0.85),
          new SungNote(67, 0.2, Onset.NONE, Vowel.I, 0.8),
          new SungNote(64, 0.7, Onset.L, Vowel.O, 0.7),
          SungNote.rest(0.4),
          new SungNote(69, 0.35, Onset.T, Vowel.E, 0.85),
          new SungNote(72, 0.75, Onset.SH, Vowel.A, 1),
          new SungNote(71, 0.25, Onset.NONE, Vowel.A, 0.9),
          new SungNote(67, 0.35, Onset.M, Vowel.U, 0.8),
          new SungNote(69, 1.1, Onset.H, Vowel.A, 0.8),
          SungNote.rest(0.15));

  private SungPhrase() {}

  /** The built-in melody. */
  public static List<SungNote> melody() {
    return MELODY;
  }

  /** Sings the built-in melody, about six seconds with a peak of 0.7. */
  public static Waveform sing(int sampleRate) {
    return sing(MELODY, sampleRate);
  }

  /**
   * Sings a melody.
   *
   * @param sampleRate 8000 to 192000 Hz
   * @return samples with a peak of 0.7, as long as the notes together
   */
  public static Waveform sing(List<SungNote> melody, int sampleRate) {
    if (sampleRate < LOWEST_RATE || sampleRate > HIGHEST_RATE) {
      throw new IllegalArgumentException(
          "sample rate " + sampleRate + " Hz is not " + LOWEST_RATE + " to " + HIGHEST_RATE);
    }
    if (melody.isEmpty()) {
      throw new IllegalArgumentException("a melody without notes can't be sung");
    }
    float[] samples = new Singer(melody, sampleRate).sing();
    float peak = 0;
    for (float sample : samples) {
      peak = Math.max(peak, Math.abs(sample));
    }
    if (peak > 0) {
      float gain = (float) PEAK / peak;
      for (int i = 0; i < samples.length; i++) {
        samples[i] *= gain;
      }
    }
    return new Waveform(samples, sampleRate);
  }
}
