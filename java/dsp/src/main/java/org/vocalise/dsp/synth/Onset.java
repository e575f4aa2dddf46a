package org.vocalise.dsp.synth;

/** How a note begins: a consonant, reduced to what a small synthesiser needs of it. */
public enum Onset {
  /** The vowel follows at once; the pitch glides from the note before. */
  NONE(0, 1, 0, 0, 0, 0, 0),
  /** Voiceless breath through the shape of the vowel. */
  H(0.09, 0, 0.5, 0, 0, 0, 0),
  /** Hiss around 7.5 kHz. */
  S(0.13, 0, 0, 0.3, 7500, 2200, 0),
  /** Hiss around 3.5 kHz. */
  SH(0.12, 0, 0, 0.25, 3500, 1000, 0),
  /** Silence, then a burst of hiss. */
  T(0.08, 0, 0, 0.5, 4800, 2500, 0.65),
  /** Hum. */
  M(0.10, 0.3, 0, 0, 0, 0, 0),
  /** The tongue's tip up. */
  L(0.08, 0.55, 0, 0, 0, 0, 0);

  /** Length. */
  final double seconds;

  /** Amplitude of the voice, 1 is a vowel's. */
  final double voicing;

  /** Amplitude of breath noise that passes through the vocal tract. */
  final double aspiration;

  /** Amplitude of noise made at the teeth, which the vocal tract does not shape. */
  final double hiss;

  /** Centre of the hiss, Hz. */
  final double hissHz;

  /** Width of the hiss, Hz. */
  final double hissBandwidth;

  /** Share of the length that passes before the hiss begins. */
  final double closure;

  Onset(
      double seconds,
      double voicing,
      double aspiration,
      double hiss,
      double hissHz,
      double hissBandwidth,
      double closure) {
    this.seconds = seconds;
    this.voicing = voicing;
    this.aspiration = aspiration;
    this.hiss = hiss;
    this.hissHz = hissHz;
    this.hissBandwidth = hissBandwidth;
    this.closure = closure;
  }

  /** Formant 0, 1 or 2 in Hz while the consonant lasts, before a vowel. */
  double formant(int index, Vowel vowel) {
    return switch (this) {
      case M -> new double[] {270, 1100, 2300}[index];
      case L -> new double[] {380, 1250, 2900}[index];
      case S, SH, T -> new double[] {350, 1900, 2900}[index];
      case NONE, H -> vowel.formant(index);
    };
  }
}
