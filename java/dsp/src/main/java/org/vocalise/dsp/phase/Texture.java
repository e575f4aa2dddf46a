package org.vocalise.dsp.phase;

/**
 * Random numbers that belong to a bin and a frame of a spectrogram, whatever part of it is worked
 * on and in whatever order: a hash of seed, bin and frame. Thread-safe.
 */
final class Texture {
  private Texture() {}

  /** Uniform in [0, 1). */
  static float uniform(long seed, int bin, long frame) {
    long z = seed * 0x9E3779B97F4A7C15L + frame * 0xBF58476D1CE4E5B9L + bin * 0x94D049BB133111EBL;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    z ^= z >>> 31;
    return (z >>> 40) * 0x1p-24f;
  }

  /** Logarithm of a Rayleigh-distributed magnitude, as the bins of noise have it; mode near 0. */
  static float logRayleigh(long seed, int bin, long frame) {
    float u = uniform(seed, bin, frame);
    float exponential = -Elementary.log(1 - u);
    return 0.5f * Elementary.log(Math.max(exponential, 1e-6f));
  }
}
