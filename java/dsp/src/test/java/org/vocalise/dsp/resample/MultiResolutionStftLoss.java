package org.vocalise.dsp.resample;

import java.util.Arrays;
import org.jtransforms.fft.DoubleFFT_1D;

/** auraloss' MultiResolutionSTFTLoss with its defaults, written for clarity. */
final class MultiResolutionStftLoss {
  private static final int[][] RESOLUTIONS = {{1024, 120, 600}, {2048, 240, 1200}, {512, 50, 240}};

  private MultiResolutionStftLoss() {}

  /** Spectral convergence plus mean log difference, averaged over three resolutions. */
  static double of(float[] input, float[] target) {
    double sum = 0;
    for (int[] r : RESOLUTIONS) {
      double[] x = magnitudes(input, r[0], r[1], r[2]);
      double[] y = magnitudes(target, r[0], r[1], r[2]);
      double difference = 0;
      double energy = 0;
      double log = 0;
      for (int i = 0; i < x.length; i++) {
        difference += (y[i] - x[i]) * (y[i] - x[i]);
        energy += y[i] * y[i];
        log += Math.abs(Math.log(x[i]) - Math.log(y[i]));
      }
      sum += Math.sqrt(difference / energy) + log / x.length;
    }
    return sum / RESOLUTIONS.length;
  }

  private static double[] magnitudes(float[] signal, int nFft, int hop, int window) {
    int frames = 1 + signal.length / hop;
    int bins = nFft / 2 + 1;
    double[] magnitudes = new double[frames * bins];
    DoubleFFT_1D fft = new DoubleFFT_1D(nFft);
    double[] work = new double[2 * nFft];
    for (int frame = 0; frame < frames; frame++) {
      Arrays.fill(work, 0);
      for (int n = 0; n < window; n++) {
        int at = (nFft - window) / 2 + n;
        double hann = 0.5 - 0.5 * Math.cos(2 * Math.PI * n / window);
        work[at] = hann * signal[reflect(frame * hop - nFft / 2 + at, signal.length)];
      }
      fft.realForwardFull(work);
      for (int bin = 0; bin < bins; bin++) {
        double power = work[2 * bin] * work[2 * bin] + work[2 * bin + 1] * work[2 * bin + 1];
        magnitudes[frame * bins + bin] = Math.sqrt(Math.max(power, 1e-8));
      }
    }
    return magnitudes;
  }

  private static int reflect(int index, int length) {
    int positive = Math.abs(index);
    return positive < length ? positive : 2 * (length - 1) - positive;
  }
}
