package org.vocalise.dsp.synth;

/**
 * A note of a melody with its syllable.
 *
 * @param pitch MIDI note number, 69 is A4 at 440 Hz; fractions are allowed
 * @param seconds length, above 0
 * @param onset consonant with which the note begins
 * @param vowel vowel on which it is sung
 * @param loudness 0 to 1; a note of loudness 0 is a rest, in which a breath is taken if there is
 *     time for it
 */
public record SungNote(double pitch, double seconds, Onset onset, Vowel vowel, double loudness) {
  /** Checks the ranges. */
  public SungNote {
    require(pitch >= 24 && pitch <= 108, "pitch", pitch, "24 to 108");
    require(seconds > 0 && seconds <= 60, "seconds", seconds, "above 0, up to 60");
    require(loudness >= 0 && loudness <= 1, "loudness", loudness, "0 to 1");
  }

  private static void require(boolean ok, String field, double value, String range) {
    if (!ok) {
      throw new IllegalArgumentException("note: " + field + " is " + value + ", not " + range);
    }
  }

  /** A silence, or a breath. */
  public static SungNote rest(double seconds) {
    return new SungNote(69, seconds, Onset.NONE, Vowel.A, 0);
  }

  /** Whether nothing is sung. */
  public boolean isRest() {
    return loudness == 0;
  }
}
