package org.vocalise.dsp.synth;

/** White noise, the same for the same seed: xorshift64* (Vigna, 2016). Not thread-safe. */
final class Noise {
  private long state;

  Noise(long seed) {
    state = seed * 0x9E3779B97F4A7C15L | 1;
  }

  /** The next value, uniform in [-1, 1). */
  double next() {
    state ^= state >>> 12;
    state ^= state << 25;
    state ^= state >>> 27;
    return ((state * 0x2545F4914F6CDD1DL) >> 11) * 0x1p-52;
  }
}
