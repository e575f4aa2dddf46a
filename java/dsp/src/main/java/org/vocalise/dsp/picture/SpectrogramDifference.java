package org.vocalise.dsp.picture;

/**
 * Levels of two spectrograms on one scale, and how far they lie apart. What lies more than 80 dB
 * below the loudest value of both counts as that far below.
 *
 * @param first row-major {@code [rows][columns]}, 0 at the lower end of the range, 1 at the loudest
 * @param second the same
 * @param difference 0.5 where both are equal, 0 and 1 where the second is 30 dB weaker or stronger
 * @param meanDecibels mean of the differences' magnitudes
 */
@SuppressWarnings("ArrayRecordComponent") // values for drawing; equality is not used
record SpectrogramDifference(
    float[] first, float[] second, float[] difference, double meanDecibels) {
  /** Levels from the loudest down to this are told apart. */
  static final double RANGE_DECIBELS = 80;

  /** Differences up to this are told apart. */
  static final double DIFFERENCE_DECIBELS = 30;

  /**
   * Compares two spectrograms.
   *
   * @throws IllegalArgumentException if rows, frame rate or frames shown differ
   */
  static SpectrogramDifference of(SpectrogramColumns first, SpectrogramColumns second) {
    if (!first.matches(second)) {
      throw new IllegalArgumentException(
          "the spectrograms differ in rows, frame rate or number of frames");
    }
    double loudest = Math.max(first.largestPower(), second.largestPower());
    float[] a = levels(first, loudest);
    float[] b = levels(second, loudest);
    float[] difference = new float[a.length];
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      double decibels = RANGE_DECIBELS * (b[i] - a[i]);
      sum += Math.abs(decibels);
      difference[i] = (float) (0.5 + decibels / (2 * DIFFERENCE_DECIBELS));
    }
    return new SpectrogramDifference(a, b, difference, sum / a.length);
  }

  /** Levels as a share of the range: 0 at its lower end, 1 at the loudest. */
  static float[] levels(SpectrogramColumns spectrogram, double loudest) {
    int columns = spectrogram.columns();
    float[] levels = new float[spectrogram.rows() * columns];
    for (int i = 0; i < levels.length; i++) {
      double power = spectrogram.power(i / columns, i % columns);
      if (power > 0) {
        double decibels = 10 * StrictMath.log10(power / loudest);
        levels[i] = (float) Math.max(0, 1 + decibels / RANGE_DECIBELS);
      }
    }
    return levels;
  }
}
