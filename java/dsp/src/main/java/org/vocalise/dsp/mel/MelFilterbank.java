package org.vocalise.dsp.mel;

/**
 * The triangular filters of a {@link MelSpec}: slopes linear in Hz between points equally spaced on
 * the mel scale. Same values as torchaudio's {@code melscale_fbanks} and librosa's {@code
 * filters.mel}, computed in double precision. Immutable.
 */
public final class MelFilterbank {
  private final int bands;
  private final int bins;
  private final int[] first;
  private final double[][] weights;
  private final double[] centres;

  /** Computes the filters. */
  public MelFilterbank(MelSpec spec) {
    bands = spec.bands();
    bins = spec.bins();
    first = new int[bands];
    weights = new double[bands][];
    centres = new double[bands];
    double low = toMel(spec.fMin(), spec.scale());
    double high = toMel(spec.fMax(), spec.scale());
    double[] edges = new double[bands + 2];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = toHz(low + (high - low) * i / (bands + 1), spec.scale());
    }
    for (int band = 0; band < bands; band++) {
      centres[band] = edges[band + 1];
      double gain = spec.norm() == MelSpec.Norm.SLANEY ? 2 / (edges[band + 2] - edges[band]) : 1;
      double[] filter = new double[bins];
      int from = bins;
      int to = 0;
      for (int bin = 0; bin < bins; bin++) {
        double hz = (double) bin * spec.sampleRate() / spec.nFft();
        double up = (hz - edges[band]) / (edges[band + 1] - edges[band]);
        double down = (edges[band + 2] - hz) / (edges[band + 2] - edges[band + 1]);
        filter[bin] = gain * Math.max(0, Math.min(up, down));
        if (filter[bin] > 0) {
          from = Math.min(from, bin);
          to = bin + 1;
        }
      }
      first[band] = from < to ? from : 0;
      weights[band] = new double[Math.max(0, to - from)];
      for (int i = 0; i < weights[band].length; i++) {
        weights[band][i] = filter[from + i];
      }
    }
  }

  /** Number of bands. */
  public int bands() {
    return bands;
  }

  /** Number of frequency bins. */
  public int bins() {
    return bins;
  }

  /** First bin with a weight above zero in a band. */
  public int firstBin(int band) {
    return first[band];
  }

  /** Number of consecutive bins of a band from {@link #firstBin} on; 0 for an empty filter. */
  public int width(int band) {
    return weights[band].length;
  }

  /** Weight of a band at {@code firstBin(band) + i}. */
  public double weight(int band, int i) {
    return weights[band][i];
  }

  /** Frequency of a band's peak, Hz. */
  public double centreHz(int band) {
    return centres[band];
  }

  /** One past the last bin that any band sees. */
  public int endBin() {
    int end = 0;
    for (int band = 0; band < bands; band++) {
      end = Math.max(end, first[band] + weights[band].length);
    }
    return end;
  }

  /** Mel of a frequency in Hz. */
  public static double toMel(double hz, MelSpec.Scale scale) {
    return switch (scale) {
      case HTK -> 2595 * StrictMath.log10(1 + hz / 700);
      case SLANEY -> hz < 1000 ? hz * 3 / 200 : 15 + StrictMath.log(hz / 1000) / SLANEY_STEP;
    };
  }

  /** Frequency in Hz of a mel. */
  public static double toHz(double mel, MelSpec.Scale scale) {
    return switch (scale) {
      case HTK -> 700 * (StrictMath.pow(10, mel / 2595) - 1);
      case SLANEY -> mel < 15 ? mel * 200 / 3 : 1000 * StrictMath.exp(SLANEY_STEP * (mel - 15));
    };
  }

  private static final double SLANEY_STEP = StrictMath.log(6.4) / 27;
}
