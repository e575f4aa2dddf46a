package org.vocalise.dsp.pitch;

import org.vocalise.dsp.fft.RealFft;

/*
 * De Cheveigne, Kawahara, "YIN, a fundamental frequency estimator for speech and music", 2002:
 * cumulative mean normalised difference, absolute threshold, parabolic interpolation. The difference
 * function comes from a correlation by Fourier transform in double precision, which the subtraction
 * of large numbers in it needs.
 */

/**
 * Fundamental frequency at one place of a signal, with an energy gate: below -70 dBFS there is
 * none. Has working memory: one instance per thread.
 */
public final class Yin {
  private static final double THRESHOLD = 0.15;
  private static final double GATE = 1e-7;
  private static final double WINDOW_SECONDS = 0.0408;

  private final int sampleRate;
  private final int window;
  private final int shortest;
  private final int longest;
  private final RealFft fft;
  private final double[] samples;
  private final double[] head;
  private final double[] re;
  private final double[] im;
  private final double[] headRe;
  private final double[] headIm;
  private final double[] correlation;
  private final double[] difference;
  private final double[] normalised;
  private double aperiodicity;

  /** Prepares for frequencies of {@code fMin} to {@code fMax} Hz. */
  public Yin(int sampleRate, double fMin, double fMax) {
    if (!(fMin > 0 && fMin < fMax && fMax <= sampleRate / 4.0)) {
      throw new IllegalArgumentException(
          "fMin " + fMin + ", fMax " + fMax + ": not ascending within 0 to a quarter of the rate");
    }
    this.sampleRate = sampleRate;
    window = (int) (WINDOW_SECONDS * sampleRate);
    shortest = (int) (sampleRate / fMax);
    longest = (int) (sampleRate / fMin);
    int size = Integer.highestOneBit(2 * (window + longest) - 1);
    size = size < window + longest + 2 ? 2 * size : size;
    fft = new RealFft(size);
    samples = new double[size];
    head = new double[size];
    re = new double[size / 2 + 1];
    im = new double[size / 2 + 1];
    headRe = new double[size / 2 + 1];
    headIm = new double[size / 2 + 1];
    correlation = new double[size];
    difference = new double[longest + 2];
    normalised = new double[longest + 2];
  }

  /**
   * Estimates the frequency around a sample; places outside the signal count as silence.
   *
   * @return frequency in Hz, or 0 where the signal is silent
   */
  public double frequency(float[] signal, int length, int centre) {
    aperiodicity = 1;
    if (!analyse(signal, length, centre)) {
      return 0;
    }
    int lag = -1;
    for (int l = shortest; l <= longest && lag < 0; l++) {
      if (normalised[l] < THRESHOLD && normalised[l] < normalised[l + 1]) {
        lag = l;
      }
    }
    for (int l = shortest; l <= longest && (lag < 0 || normalised[lag] >= THRESHOLD); l++) {
      lag = lag < 0 || normalised[l] < normalised[lag] ? l : lag;
    }
    aperiodicity = normalised[lag];
    return frequencyAt(lag);
  }

  /**
   * Fills the difference functions around a sample.
   *
   * @return whether the signal is loud enough there to have a pitch
   */
  boolean analyse(float[] signal, int length, int centre) {
    int span = window + longest + 1;
    int start = centre - span / 2;
    double energy = 0;
    for (int j = 0; j < samples.length; j++) {
      int i = start + j;
      samples[j] = j < span && i >= 0 && i < length ? signal[i] : 0;
      head[j] = j < window ? samples[j] : 0;
      energy += head[j] * head[j];
    }
    if (energy < GATE * window) {
      return false;
    }
    correlate();
    differences(energy);
    return true;
  }

  int sampleRate() {
    return sampleRate;
  }

  /** Shortest lag in samples that is searched. */
  int shortest() {
    return shortest;
  }

  /** Longest lag in samples that is searched. */
  int longest() {
    return longest;
  }

  /** Normalised difference at a lag up to {@code longest() + 1}, after {@link #analyse}. */
  double normalised(int lag) {
    return normalised[lag];
  }

  /** The plain difference at lags up to {@code longest() + 1}, after {@link #analyse}. */
  double[] difference() {
    return difference;
  }

  /** Frequency in Hz of the dip at a lag, refined between the samples. */
  double frequencyAt(int lag) {
    // On the plain difference: the normalised one is tilted, which moves its minimum.
    double before = difference[lag - 1];
    double after = difference[lag + 1];
    double bend = before - 2 * difference[lag] + after;
    double shift = bend > 1e-12 ? (before - after) / (2 * bend) : 0;
    return sampleRate / (lag + Math.max(-1, Math.min(1, shift)));
  }

  /** Normalised difference at the last estimate: near 0 for a periodic signal, 1 for noise. */
  public double aperiodicity() {
    return aperiodicity;
  }

  private void correlate() {
    fft.forward(samples, re, im);
    fft.forward(head, headRe, headIm);
    for (int k = 0; k < re.length; k++) {
      double real = re[k] * headRe[k] + im[k] * headIm[k];
      im[k] = im[k] * headRe[k] - re[k] * headIm[k];
      re[k] = real;
    }
    fft.inverse(re, im, correlation);
  }

  private void differences(double energy) {
    double shifted = energy;
    double sum = 0;
    normalised[0] = 1;
    for (int l = 1; l <= longest + 1; l++) {
      double out = samples[l - 1];
      double in = samples[l + window - 1];
      shifted += in * in - out * out;
      double d = Math.max(0, energy + shifted - 2 * correlation[l]);
      sum += d;
      difference[l] = d;
      normalised[l] = sum > 0 ? d * l / sum : 1;
    }
  }
}
