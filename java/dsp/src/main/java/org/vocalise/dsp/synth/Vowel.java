package org.vocalise.dsp.synth;

/**
 * A sung vowel, by the resonances of the vocal tract. First three formants: women's averages of
 * Peterson and Barney, "Control methods used in a study of the vowels", JASA 24 (1952), table II;
 * the fourth and fifth do not depend on the vowel.
 */
public enum Vowel {
  /** As in father. */
  A(850, 1220, 2810),
  /** As in bed. */
  E(610, 2330, 2990),
  /** As in see. */
  I(310, 2790, 3310),
  /** As in law. */
  O(590, 920, 2710),
  /** As in boot. */
  U(370, 950, 2670);

  private final double first;
  private final double second;
  private final double third;

  Vowel(double first, double second, double third) {
    this.first = first;
    this.second = second;
    this.third = third;
  }

  /** Frequency of formant 0, 1 or 2 in Hz. */
  double formant(int index) {
    return switch (index) {
      case 0 -> first;
      case 1 -> second;
      default -> third;
    };
  }
}
