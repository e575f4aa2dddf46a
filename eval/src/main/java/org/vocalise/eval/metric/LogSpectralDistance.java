package org.vocalise.eval.metric;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.vocalise.eval.spectral.PairedSpectrogram;

/**
 * {@code lsd}, the log-spectral distance in the form of bandwidth extension papers (Gray and Markel
 * 1976 in units of log10): the mean over frames of the root of the mean over bins of (log10 Px -
 * log10 Py)^2, P = max(|X|^2, 1e-8), transforms of 2048 samples, hop 512. Times 10 it is in dB.
 * Thread-safe.
 */
public final class LogSpectralDistance {
  private static final int N_FFT = 2048;
  private static final int HOP = 512;
  private static final double FLOOR = 1e-8;
  private static final double LN10 = StrictMath.log(10);

  private LogSpectralDistance() {}

  /** The metric for pairs of one sample rate. */
  public static Metric metric(int sampleRate) {
    Map<String, Object> definition = new LinkedHashMap<>();
    definition.put("sample_rate", sampleRate);
    definition.put("n_fft", N_FFT);
    definition.put("hop", HOP);
    definition.put("spectrum", "P = max(|X|^2, 1e-8), periodic Hann, centred, mirrored ends");
    definition.put("value", "mean over frames of sqrt(mean over bins of (log10 Px - log10 Py)^2)");
    definition.put("unit", "log10 of power; times 10 in dB");
    return new PairScore(
        "lsd",
        definition,
        pair -> {
          PairScore.require(pair, sampleRate, N_FFT / 2 + 1);
          return of(pair.synthesis().samples(), pair.reference().samples());
        });
  }

  private static double of(float[] x, float[] y) throws InterruptedException {
    PairedSpectrogram spectra = new PairedSpectrogram(N_FFT, N_FFT, HOP);
    double[] squares = new double[PairedSpectrogram.LANES];
    double[] sum = new double[1];
    spectra.run(
        x,
        y,
        (bin, frame, first, second, frames) -> {
          for (int q = 0; q < frames; q++) {
            double log = StrictMath.log(ratio(first[q], second[q])) / LN10;
            squares[q] += log * log;
          }
          if (bin == spectra.bins() - 1) {
            for (int q = 0; q < frames; q++) {
              sum[0] += Math.sqrt(squares[q] / spectra.bins());
            }
            Arrays.fill(squares, 0);
          }
        });
    return sum[0] / spectra.frames(x.length);
  }

  private static double ratio(double x, double y) {
    return Math.max(x, FLOOR) / Math.max(y, FLOOR);
  }
}
