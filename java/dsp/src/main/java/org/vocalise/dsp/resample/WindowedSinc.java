package org.vocalise.dsp.resample;

/**
 * The impulse response of a low-pass filter as a function of continuous time: a sinc, cut off by a
 * window. Immutable.
 */
final class WindowedSinc {
  private final double cutoff;
  private final double reach;
  private final double beta;

  /**
   * The filter.
   *
   * @param cutoff the edge of the band, as a fraction of the input's Nyquist frequency
   * @param reach half the length, in input samples
   * @param beta of the Kaiser window; NaN for a Hann window
   */
  private WindowedSinc(double cutoff, double reach, double beta) {
    this.cutoff = cutoff;
    this.reach = reach;
    this.beta = beta;
  }

  /** A Hann window that spans {@code crossings} zero crossings on each side. */
  static WindowedSinc hann(int crossings, double cutoff) {
    return new WindowedSinc(cutoff, crossings / cutoff, Double.NaN);
  }

  /**
   * A Kaiser window for a transition from {@code pass} to {@code stop}, fractions of the input's
   * Nyquist frequency (Kaiser 1974; Oppenheim and Schafer, Discrete-Time Signal Processing, 7.6).
   *
   * @param attenuation of the stop band in dB, above 50
   */
  static WindowedSinc kaiser(double attenuation, double pass, double stop) {
    double length = (attenuation - 7.95) / (2.285 * Math.PI * (stop - pass));
    return new WindowedSinc((pass + stop) / 2, length / 2, 0.1102 * (attenuation - 8.7));
  }

  /** Half the length in input samples: {@link #at} is 0 further out. */
  double reach() {
    return reach;
  }

  /** Value at a time in input samples from the middle. */
  double at(double time) {
    double place = time / reach;
    if (place <= -1 || place >= 1) {
      return 0;
    }
    double x = Math.PI * cutoff * time;
    double sinc = x == 0 ? 1 : StrictMath.sin(x) / x;
    return cutoff * sinc * window(place);
  }

  private double window(double place) {
    if (Double.isNaN(beta)) {
      double cosine = StrictMath.cos(Math.PI / 2 * place);
      return cosine * cosine;
    }
    return bessel(beta * Math.sqrt(1 - place * place)) / bessel(beta);
  }

  /** Modified Bessel function of order 0, by its power series. */
  private static double bessel(double x) {
    double quarter = x * x / 4;
    double sum = 1;
    double term = 1;
    for (int k = 1; term > 1e-17 * sum; k++) {
      term *= quarter / ((double) k * k);
      sum += term;
    }
    return sum;
  }
}
