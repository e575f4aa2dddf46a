package org.vocalise.dsp.mel;

/** Conversions between linear mel values and the logarithm of a spec. Thread-safe. */
public final class MelValues {
  private MelValues() {}

  /** Applies the spec's floor and logarithm to {@code count} linear values, in place. */
  public static void fromLinear(float[] values, int count, MelSpec spec) {
    if (spec.log() == MelSpec.Log.NONE) {
      return;
    }
    float floor = (float) spec.floor();
    for (int i = 0; i < count; i++) {
      double value = Math.max(values[i], floor);
      values[i] =
          (float)
              switch (spec.log()) {
                case LN -> StrictMath.log(value);
                case LOG10 -> StrictMath.log10(value);
                case DB -> decibels(spec) * StrictMath.log10(value);
                case NONE -> value;
              };
    }
  }

  /** Undoes a logarithm on {@code count} values, in place; the unit becomes linear. */
  public static void toLinear(float[] values, int count, MelSpec.Log log, MelSpec spec) {
    if (log == MelSpec.Log.NONE) {
      return;
    }
    double scale =
        switch (log) {
          case LN -> 1;
          case LOG10 -> LN10;
          case DB -> LN10 / decibels(spec);
          case NONE -> 0;
        };
    for (int i = 0; i < count; i++) {
      values[i] = (float) StrictMath.exp(scale * values[i]);
    }
  }

  private static double decibels(MelSpec spec) {
    return spec.spectrum() == MelSpec.Spectrum.POWER ? 10 : 20;
  }

  private static final double LN10 = StrictMath.log(10);
}
