package org.vocalise.dsp.phase;

/*
 * Coefficients: truncated series, reduced so far that the truncation lies below float rounding.
 * Only + - x / are used, so that every Java version and processor gives the same bits; Math's
 * functions do not promise that and StrictMath's cost ten times as much.
 */

/** Logarithm, sine and cosine in single precision, relative error below 3e-7. Thread-safe. */
final class Elementary {
  private static final float LN2 = 0.6931472f;

  private Elementary() {}

  /** Natural logarithm of a positive, normal number. */
  static float log(float x) {
    int bits = Float.floatToRawIntBits(x);
    // x = 2^exponent m with m in [sqrt(1/2), sqrt(2)).
    int exponent = (bits - 0x3f3504f3) >> 23;
    float m = Float.intBitsToFloat(bits - (exponent << 23));
    float z = (m - 1) / (m + 1);
    float y = z * z;
    float series = 2f / 9 * y + 2f / 7;
    series = series * y + 2f / 5;
    series = series * y + 2f / 3;
    return exponent * LN2 + z * (series * y + 2);
  }

  /** exp(x) for x in about [-87, 87]; below it is 0. */
  static float exp(float x) {
    if (x < -87) {
      return 0;
    }
    float scaled = x * 1.442695f;
    int whole = (int) (scaled + (scaled < 0 ? -0.5f : 0.5f));
    float r = x - whole * 0.6933594f + whole * 2.1219444e-4f;
    float series = r * (1f / 720) + 1f / 120;
    series = series * r + 1f / 24;
    series = series * r + 1f / 6;
    series = series * r + 0.5f;
    series = series * r + 1;
    return (series * r + 1) * Float.intBitsToFloat((whole + 127) << 23);
  }

  /** Sine of an angle in turns, within [-1/4, 1/4]. */
  private static float sinQuarter(float turns) {
    float x = turns * 6.2831855f;
    float y = x * x;
    float series = 2.755732e-6f * y - 1.984127e-4f;
    series = series * y + 8.333334e-3f;
    series = series * y - 0.16666667f;
    return x + x * y * series;
  }

  /** Sine of an angle in turns, in [-1/2, 3/2]. */
  static float sin(float turns) {
    float t = turns > 0.5f ? turns - 1 : turns;
    if (t > 0.25f) {
      t = 0.5f - t;
    } else if (t < -0.25f) {
      t = -0.5f - t;
    }
    return sinQuarter(t);
  }

  /** Cosine of an angle in turns, in [0, 1]. */
  static float cos(float turns) {
    return sin(turns + 0.25f);
  }
}
