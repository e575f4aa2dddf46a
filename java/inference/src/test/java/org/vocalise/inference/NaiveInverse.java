package org.vocalise.inference;

/** The inverse short-time Fourier transform by its definition, 1024 points, hop 256, Hann. */
final class NaiveInverse {
  private static final int SIZE = 1024;
  private static final int HOP = 256;
  private static final int BINS = 513;

  private NaiveInverse() {}

  /** Transforms spectra {@code [513][frames]}; frame t begins at sample 256 t - 384. */
  static void transform(float[] real, float[] imaginary, int frames, float[] samples) {
    double[] window = new double[SIZE];
    double[] cos = new double[SIZE];
    double[] sin = new double[SIZE];
    for (int n = 0; n < SIZE; n++) {
      cos[n] = Math.cos(2 * Math.PI * n / SIZE);
      sin[n] = Math.sin(2 * Math.PI * n / SIZE);
      window[n] = 0.5 - 0.5 * cos[n];
    }
    double[] sum = new double[samples.length];
    double[] weight = new double[samples.length];
    double[] re = new double[BINS];
    double[] im = new double[BINS];
    for (int t = 0; t < frames; t++) {
      for (int k = 0; k < BINS; k++) {
        boolean twice = k > 0 && k < BINS - 1;
        re[k] = (twice ? 2 : 1) * real[k * frames + t];
        im[k] = twice ? 2 * imaginary[k * frames + t] : 0;
      }
      for (int n = 0; n < SIZE; n++) {
        int sample = t * HOP + n - 384;
        if (sample < 0 || sample >= samples.length) {
          continue;
        }
        double value = 0;
        for (int k = 0; k < BINS; k++) {
          int angle = k * n % SIZE;
          value += re[k] * cos[angle] - im[k] * sin[angle];
        }
        sum[sample] += window[n] * value / SIZE;
        weight[sample] += window[n] * window[n];
      }
    }
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (sum[i] / weight[i]);
    }
  }
}
