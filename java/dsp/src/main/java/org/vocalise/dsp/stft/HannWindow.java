package org.vocalise.dsp.stft;

/** The periodic Hann window, 0.5 - 0.5 cos(2 pi n / length). Thread-safe. */
public final class HannWindow {
  private HannWindow() {}

  /**
   * A window centred in a transform, with zeros on both sides where the transform is longer.
   *
   * @return {@code nFft} values in [0, 1], the same bits on every Java version
   */
  public static double[] centred(int windowLength, int nFft) {
    double[] window = new double[nFft];
    int start = (nFft - windowLength) / 2;
    for (int n = 0; n < windowLength; n++) {
      window[start + n] = 0.5 - 0.5 * StrictMath.cos(2 * Math.PI * n / windowLength);
    }
    return window;
  }
}
