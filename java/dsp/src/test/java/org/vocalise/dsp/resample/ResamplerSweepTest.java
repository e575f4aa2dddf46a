package org.vocalise.dsp.resample;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The frequency response of the Kaiser kernel, measured sine by sine. */
class ResamplerSweepTest {
  @ParameterizedTest
  @CsvSource({
    "8000, 22050", "11025, 22050", "16000, 22050", "24000, 22050", "32000, 22050",
    "44100, 22050", "48000, 22050", "88200, 22050", "96000, 22050", "192000, 22050",
    "22050, 8000", "22050, 11025", "22050, 16000", "22050, 24000", "22050, 32000",
    "22050, 44100", "22050, 48000", "22050, 88200", "22050, 96000", "22050, 192000",
    "44101, 22050", "22050, 44101", "47999, 22050", "22051, 22050",
  })
  void kaiserIsFlatInThePassBandAndRejectsTheRest(int from, int to) {
    Resampler resampler = new Resampler(from, to, ResamplerKernel.KAISER);
    double nyquist = Math.min(from, to) / 2.0;
    double worstPass = 0;
    double worstRest = Double.NEGATIVE_INFINITY;
    for (double share : new double[] {0.001, 0.1, 0.31, 0.5, 0.72, 0.85, 0.9, 0.907, 0.913}) {
      Gain gain = gain(resampler, share * nyquist);
      worstPass = Math.max(worstPass, Math.abs(gain.pass()));
      worstRest = Math.max(worstRest, gain.rest());
    }
    for (double share : new double[] {0.96, 0.9995}) {
      // Between the bands the sine itself may pass, but neither its images nor noise.
      worstRest = Math.max(worstRest, gain(resampler, share * nyquist).rest());
    }
    double worstStop = Double.NEGATIVE_INFINITY;
    for (double share : new double[] {1.0005, 1.01, 1.05, 1.1, 1.2, 1.37, 1.7, 2.2, 3.3, 4.1}) {
      double frequency = share * nyquist;
      if (frequency < from / 2.0) {
        worstStop = Math.max(worstStop, gain(resampler, frequency).total());
      }
    }
    assertTrue(worstPass <= 0.001, "pass band off by " + worstPass + " dB");
    assertTrue(worstStop <= -120, "stop band at " + worstStop + " dB");
    assertTrue(worstRest <= -120, "images and noise at " + worstRest + " dB");
  }

  /**
   * What comes out of a sine, in dB of its power.
   *
   * @param total everything
   * @param pass the sine itself
   * @param rest everything but the sine: images, and noise of rounding
   */
  private record Gain(double total, double pass, double rest) {}

  private static Gain gain(Resampler resampler, double frequency) {
    int from = resampler.fromRate();
    int to = resampler.toRate();
    float[] input = new float[from / 4];
    for (int i = 0; i < input.length; i++) {
      input[i] = (float) Math.sin(2 * Math.PI * frequency * i / from);
    }
    float[] output = resampler.resample(input);
    // A quarter of either end is kept out: the sine starts and stops there.
    int start = output.length / 4;
    int length = output.length / 2;
    double[][] basis = new double[2][length];
    for (int i = 0; i < length; i++) {
      double angle = 2 * Math.PI * frequency * (start + i) / to;
      basis[0][i] = Math.sin(angle);
      basis[1][i] = Math.cos(angle);
    }
    double ss = inner(basis[0], basis[0]);
    double sc = inner(basis[0], basis[1]);
    double cc = inner(basis[1], basis[1]);
    double[] y = new double[length];
    for (int i = 0; i < length; i++) {
      y[i] = output[start + i];
    }
    double ys = inner(y, basis[0]);
    double yc = inner(y, basis[1]);
    double determinant = ss * cc - sc * sc;
    double a = (ys * cc - yc * sc) / determinant;
    double b = (yc * ss - ys * sc) / determinant;
    double total = inner(y, y) / length;
    double rest = 0;
    for (int i = 0; i < length; i++) {
      double r = y[i] - a * basis[0][i] - b * basis[1][i];
      rest += r * r / length;
    }
    return new Gain(decibel(2 * total), decibel(a * a + b * b), decibel(2 * rest));
  }

  private static double inner(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double decibel(double power) {
    return 10 * Math.log10(power + 1e-30);
  }
}
