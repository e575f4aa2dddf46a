package org.vocalise.dsp.stft;

import org.vocalise.dsp.fft.PairedRealFft;

/**
 * Short-time Fourier transform and its inverse over two groups of {@code lanes} consecutive frames
 * at a time. Frame f starts at sample f x hop of the signal. Spectra are rows {@code [bins][lanes]}
 * of the plain, unscaled transform. One instance per thread.
 */
public final class FrameTransform {
  /** Frames per group that keeps the rows of a 1024-point transform in a core's cache. */
  public static final int DEFAULT_LANES = 64;

  private final int nFft;
  private final int hop;
  private final int lanes;
  private final PairedRealFft fft;
  private final float[] analysisWindow;
  private final float[] synthesisWindow;

  /**
   * Prepares transforms with a centred periodic Hann window. The synthesis window is the analysis
   * window divided by the sum of squared windows where frames overlap fully, so that analysis then
   * synthesis returns the signal.
   */
  public FrameTransform(int nFft, int windowLength, int hop, int lanes) {
    this.nFft = nFft;
    this.hop = hop;
    this.lanes = lanes;
    fft = new PairedRealFft(nFft, lanes);
    double[] window = HannWindow.centred(windowLength, nFft);
    double[] overlap = new double[hop];
    for (int n = 0; n < nFft; n++) {
      overlap[n % hop] += window[n] * window[n];
    }
    analysisWindow = new float[nFft];
    synthesisWindow = new float[nFft];
    for (int n = 0; n < nFft; n++) {
      analysisWindow[n] = (float) (window[n] / 2); // the paired transform doubles
      double sum = overlap[n % hop];
      synthesisWindow[n] =
          sum < 1e-8 ? 0 : (float) (2 * window[n] / sum / PairedRealFft.roundTripGain(nFft));
    }
  }

  /** Frames per group. */
  public int lanes() {
    return lanes;
  }

  /** Number of frequency bins. */
  public int bins() {
    return fft.bins();
  }

  /** Columns that a signal must have so that frames up to {@code frames - 1} can be analysed. */
  public int columns(int frames) {
    int groups = (frames + 2 * lanes - 1) / (2 * lanes);
    return groups * 2 * lanes + (nFft + hop - 1) / hop;
  }

  /** Real parts {@code [bins][lanes]} of group 0 or 1. */
  public float[][] re(int group) {
    return fft.re(group);
  }

  /** Imaginary parts {@code [bins][lanes]} of group 0 or 1. */
  public float[][] im(int group) {
    return fft.im(group);
  }

  /** Transforms frames {@code firstFrame} to {@code firstFrame + 2 lanes - 1}. */
  public void analyse(PolyphaseSignal signal, int firstFrame) {
    for (int group = 0; group < 2; group++) {
      float[][] samples = fft.samples(group);
      for (int n = 0; n < nFft; n++) {
        int column = firstFrame + group * lanes + n / hop;
        scale(signal.rows()[n % hop], column, samples[n], analysisWindow[n], lanes);
      }
    }
    fft.forward();
  }

  /** Adds the frames of the present spectra to a signal; the spectra are lost. */
  public void synthesise(PolyphaseSignal signal, int firstFrame) {
    fft.inverse();
    for (int group = 0; group < 2; group++) {
      float[][] samples = fft.samples(group);
      for (int n = 0; n < nFft; n++) {
        int column = firstFrame + group * lanes + n / hop;
        add(signal.rows()[n % hop], column, samples[n], synthesisWindow[n], lanes);
      }
    }
  }

  private static void scale(float[] source, int offset, float[] target, float factor, int lanes) {
    for (int q = 0; q < lanes; q++) {
      target[q] = source[offset + q] * factor;
    }
  }

  private static void add(float[] target, int offset, float[] source, float factor, int lanes) {
    for (int q = 0; q < lanes; q++) {
      target[offset + q] += source[q] * factor;
    }
  }
}
