package org.vocalise.eval.run;

import java.util.Arrays;
import org.vocalise.eval.spectral.PairedSpectrogram;

/**
 * How much later a synthesis is than its reference. Synthesised phases are free, so waveforms often
 * have no common peak of correlation; the logarithmic energies of {@value #BANDS} bands do, every
 * {@value #HOP} samples. Between recordings and Griffin-Lim the estimate was 6 samples late to 35
 * early. Where the waveforms agree as well, it is exact.
 *
 * @param samples positive where the synthesis is late
 * @param correlation of the envelopes there, at most 1; under {@value #TRUSTED} the lag means
 *     nothing
 */
record Lag(double samples, double correlation) {
  /** Correlation of envelopes from which on a lag is trusted; of other songs it is lower. */
  static final double TRUSTED = 0.6;

  private static final int WINDOW = 256;
  private static final int HOP = 64;
  private static final int LONGEST = 4096;

  /** Frames at each end that hold mirrored samples, which would not move with the rest. */
  private static final int EDGE_FRAMES = WINDOW / 2 / HOP;

  /** Samples that are looked at, 6 s at 22050 Hz: more of them change the estimate no more. */
  private static final int STRETCH = 132_300;

  private static final double FLOOR = 1e-6;

  /** Product of energies of envelopes that only rounding moves. */
  private static final double NOTHING = 1e-12;

  /** Edges of the bands, as bins of the transform of 256 samples: 0.1 to 8 kHz at 22050 Hz. */
  private static final int[] EDGES = {1, 4, 7, 12, 19, 28, 42, 61, 94};

  private static final int BANDS = 8;

  /** Waveforms that agree this well at a lag decide it. */
  private static final double SAME_WAVEFORM = 0.8;

  /** Estimates nearer to 0 than this are no shift of 32 samples, whatever the waveforms say. */
  private static final int DOUBTFUL = 16;

  /**
   * Estimates the lag between signals of one rate and length, from the stretch that is loudest.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  static Lag between(float[] reference, float[] synthesis) throws InterruptedException {
    if (reference.length < 2 * WINDOW) {
      return new Lag(0, 0);
    }
    int from = loudest(reference);
    int to = Math.min(reference.length, from + STRETCH);
    return of(Arrays.copyOfRange(reference, from, to), Arrays.copyOfRange(synthesis, from, to));
  }

  /** Where the stretch with the most energy begins. */
  private static int loudest(float[] signal) {
    double energy = 0;
    double most = -1;
    int best = 0;
    for (int i = 0; i < signal.length; i++) {
      int start = i - STRETCH + 1;
      double left = start > 0 ? signal[start - 1] : 0;
      energy += (double) signal[i] * signal[i] - left * left;
      if (start >= 0 && energy > most) {
        most = energy;
        best = start;
      }
    }
    return best;
  }

  private static Lag of(float[] reference, float[] synthesis) throws InterruptedException {
    PairedSpectrogram spectra = new PairedSpectrogram(WINDOW, WINDOW, HOP);
    int frames = (reference.length - WINDOW) / HOP + 1;
    double[][] a = new double[BANDS][frames];
    double[][] b = new double[BANDS][frames];
    int[] bands = bandsOfBins(spectra.bins());
    spectra.run(
        reference,
        synthesis,
        (bin, frame, first, second, count) -> {
          int band = bands[bin];
          if (band >= 0) {
            addTo(a[band], first, frame - EDGE_FRAMES, count);
            addTo(b[band], second, frame - EDGE_FRAMES, count);
          }
        });
    int most = Math.min(LONGEST / HOP, frames / 2);
    double[] correlations = correlate(a, b, most);
    int best = 0;
    for (int k = 1; k < correlations.length; k++) {
      best = correlations[k] > correlations[best] ? k : best;
    }
    double estimate = (best - most + vertex(correlations, best)) * HOP;
    Lag lag = new Lag(estimate, correlations[best]);
    return lag.correlation >= TRUSTED && Math.abs(estimate) > DOUBTFUL
        ? lag.refined(reference, synthesis)
        : lag;
  }

  /** The band that each bin is in, or -1. */
  private static int[] bandsOfBins(int bins) {
    int[] bands = new int[bins];
    Arrays.fill(bands, -1);
    for (int band = 0; band < BANDS; band++) {
      Arrays.fill(bands, EDGES[band], EDGES[band + 1], band);
    }
    return bands;
  }

  /** Adds a bin's powers from frame {@code start} on; there are none before 0. */
  private static void addTo(double[] band, double[] powers, int start, int count) {
    int end = Math.min(count, band.length - start);
    for (int t = Math.max(0, -start); t < end; t++) {
      band[start + t] += powers[t];
    }
  }

  /** Logarithms of energies, less their mean. */
  private static void logarithms(double[] band) {
    double largest = 0;
    for (double energy : band) {
      largest = Math.max(largest, energy);
    }
    double floor = FLOOR * largest + 1e-12;
    double sum = 0;
    for (int t = 0; t < band.length; t++) {
      band[t] = StrictMath.log(band[t] + floor);
      sum += band[t];
    }
    double mean = sum / band.length;
    for (int t = 0; t < band.length; t++) {
      band[t] -= mean;
    }
  }

  /**
   * Correlations at lags of -most to most frames, all bands together, normalised by what overlaps:
   * else short lags would be favoured.
   */
  private static double[] correlate(double[][] a, double[][] b, int most) {
    int frames = a[0].length;
    double[] products = new double[2 * most + 1];
    double[] neighbours = new double[2 * most + 1];
    double[] aEnergy = new double[frames + 1];
    double[] bEnergy = new double[frames + 1];
    for (int band = 0; band < BANDS; band++) {
      logarithms(a[band]);
      logarithms(b[band]);
      double[] padded = new double[frames + 2 * most];
      System.arraycopy(b[band], 0, padded, most, frames);
      for (int t = 0; t < frames; t++) {
        System.arraycopy(padded, t, neighbours, 0, neighbours.length);
        addProducts(a[band][t], neighbours, products);
        aEnergy[t + 1] += a[band][t] * a[band][t];
        bEnergy[t + 1] += b[band][t] * b[band][t];
      }
    }
    for (int t = 0; t < frames; t++) {
      aEnergy[t + 1] += aEnergy[t];
      bEnergy[t + 1] += bEnergy[t];
    }
    double[] correlations = new double[products.length];
    for (int lag = -most; lag <= most; lag++) {
      int from = Math.max(0, -lag);
      int to = Math.min(frames, frames - lag);
      double energies = (aEnergy[to] - aEnergy[from]) * (bEnergy[to + lag] - bEnergy[from + lag]);
      double product = products[lag + most];
      correlations[lag + most] = energies > NOTHING ? product / Math.sqrt(energies) : 0;
    }
    return correlations;
  }

  /** One value times those at all lags from it: faster than transforms for lags as few. */
  private static void addProducts(double value, double[] others, double[] products) {
    for (int k = 0; k < products.length; k++) {
      products[k] += value * others[k];
    }
  }

  /** Where a parabola through a maximum and its neighbours has its own, -0.5 to 0.5. */
  private static double vertex(double[] values, int best) {
    if (best == 0 || best == values.length - 1) {
      return 0;
    }
    double bend = values[best - 1] - 2 * values[best] + values[best + 1];
    return bend < 0 ? (values[best - 1] - values[best + 1]) / (2 * bend) : 0;
  }

  /** The lag of the waveforms near the estimate, where they agree. */
  private Lag refined(float[] reference, float[] synthesis) {
    int centre = (int) Math.round(samples);
    int best = 0;
    double bestCorrelation = 0;
    for (int lag = centre - HOP; lag <= centre + HOP; lag++) {
      double correlation = waveformCorrelation(reference, synthesis, lag);
      if (correlation > bestCorrelation) {
        bestCorrelation = correlation;
        best = lag;
      }
    }
    return bestCorrelation >= SAME_WAVEFORM ? new Lag(best, correlation) : this;
  }

  private static double waveformCorrelation(float[] reference, float[] synthesis, int lag) {
    int from = Math.max(0, -lag);
    int to = Math.min(reference.length, synthesis.length - lag);
    double product = 0;
    double a = 0;
    double b = 0;
    for (int i = from; i < to; i++) {
      double x = reference[i];
      double y = synthesis[i + lag];
      product += x * y;
      a += x * x;
      b += y * y;
    }
    return a > 0 && b > 0 ? product / Math.sqrt(a * b) : 0;
  }
}
