package org.vocalise.dsp.phase;

/**
 * Random numbers that belong to a bin and a frame of a spectrogram, whatever part of it is worked
 * on and in whatever order: a hash of seed, bin and frame. Thread-safe.
 */
final class Texture {
  private Texture() {}

  /** Uniform in [0, 1). */
  static float uniform(long seed, int bin, long frame) {
    return (hash(seed, bin, frame) >>> 40) * 0x1p-24f;
  }

  /** Fills a row-major {@code [bins][frames]} matrix with uniform numbers in [0, 1). */
  static void fillUniform(float[] matrix, int frames, long seed, long firstFrame) {
    for (int i = 0; i < matrix.length; i++) {
      matrix[i] = uniform(seed, i / frames, firstFrame + i % frames);
    }
  }

  /** Logarithm of a Rayleigh-distributed magnitude, as the bins of noise have it; mode near 0. */
  static float logRayleigh(long seed, int bin, long frame) {
    return LOG_RAYLEIGH[(int) (hash(seed, bin, frame) >>> 52)];
  }

  private static long hash(long seed, int bin, long frame) {
    long z = seed * 0x9E3779B97F4A7C15L + frame * 0xBF58476D1CE4E5B9L + bin * 0x94D049BB133111EBL;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** The distribution at 4096 equally likely places. */
  private static final float[] LOG_RAYLEIGH = new float[4096];

  static {
    for (int i = 0; i < LOG_RAYLEIGH.length; i++) {
      double exponential = -StrictMath.log(1 - (i + 0.5) / LOG_RAYLEIGH.length);
      LOG_RAYLEIGH[i] = (float) (0.5 * StrictMath.log(exponential));
    }
  }
}
