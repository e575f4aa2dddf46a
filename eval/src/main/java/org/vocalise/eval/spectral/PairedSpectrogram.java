package org.vocalise.eval.spectral;

import java.util.Arrays;
import org.vocalise.dsp.fft.DoubleLaneFft;
import org.vocalise.dsp.stft.HannWindow;

/*
 * Both signals are real: one rides in the real part of a complex transform, the other in the
 * imaginary part. With Z the transform of x + iy: 2 X(k) = Z(k) + Z*(N-k), 2 Y(k) = (Z(k) - Z*(N-k)) / i.
 * The window carries the factor 1/2. It begins at the transform's first sample: where it stands in the
 * transform is no matter to powers.
 */

/**
 * Power spectra of two signals of one length, frame by frame: periodic Hann window centred in the
 * transform, frame t centred on sample hop t, nFft / 2 mirrored samples before and after (torch's
 * {@code stft} with {@code center=True}), unscaled. In double precision, in memory that does not
 * depend on the length. One instance per thread.
 */
public final class PairedSpectrogram {
  /** Takes power spectra, a frequency bin of some consecutive frames at a time. */
  @FunctionalInterface
  public interface Sink {
    /**
     * Takes a bin of the next frames; bins come in ascending order, frames after that.
     *
     * @param bin frequency bin
     * @param frame index of the first frame
     * @param first power of the first signal, {@code [at least frames]}; may be overwritten
     * @param second power of the second signal; may be overwritten
     * @param frames number of frames, 1 to {@link #LANES}
     */
    void accept(int bin, int frame, double[] first, double[] second, int frames);
  }

  /**
   * Frames at a time: the shortest rows of which vector loops are made for the most part. Twice as
   * many would not leave a core's second cache room for the parts of a transform.
   */
  public static final int LANES = 128;

  private final int nFft;
  private final int windowLength;
  private final int hop;
  private final double[] window;
  private final DoubleLaneFft fft;
  private final double[][] re;
  private final double[][] im;
  private final double[][] first;
  private final double[][] second;

  /**
   * Prepares for one resolution.
   *
   * @param nFft transform length, a power of two
   * @param windowLength even, at most {@code nFft}
   * @param hop samples from frame to frame
   */
  public PairedSpectrogram(int nFft, int windowLength, int hop) {
    this.nFft = nFft;
    this.windowLength = windowLength;
    this.hop = hop;
    fft = new DoubleLaneFft(nFft);
    window = Arrays.copyOf(HannWindow.centred(windowLength, windowLength), nFft);
    for (int n = 0; n < windowLength; n++) {
      window[n] /= 2;
    }
    re = new double[nFft][LANES];
    im = new double[nFft][LANES];
    int width = LANES + (windowLength + hop - 1) / hop;
    first = new double[hop][width];
    second = new double[hop][width];
  }

  /** Number of frequency bins, nFft / 2 + 1. */
  public int bins() {
    return nFft / 2 + 1;
  }

  /** Samples of the shortest signal that can be mirrored at its ends. */
  public int shortest() {
    return nFft / 2 + 1;
  }

  /** Number of frames of signals of {@code samples} samples, at least {@link #shortest}. */
  public int frames(int samples) {
    return 1 + samples / hop;
  }

  /**
   * Passes the power spectra of all frames to a sink.
   *
   * @throws IllegalArgumentException if the lengths differ or are below {@link #shortest}
   * @throws InterruptedException if the thread is interrupted
   */
  public void run(float[] x, float[] y, Sink sink) throws InterruptedException {
    if (x.length != y.length || x.length < shortest()) {
      throw new IllegalArgumentException(
          "signals of " + x.length + " and " + y.length + " samples, shortest " + shortest());
    }
    int frames = frames(x.length);
    boolean equal = Arrays.equals(x, y);
    for (int frame = 0; frame < frames; frame += LANES) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      int count = Math.min(LANES, frames - frame);
      gather(x, frame, first);
      gather(y, frame, second);
      fft.forward(re, im, count, window, (n, xs, ys) -> cut(n, xs, ys, count));
      for (int k = 0; k < bins(); k++) {
        pass(k, frame, count, equal, sink);
      }
    }
  }

  /** A bin's powers, straight to the sink: a core's first cache still holds them there. */
  private void pass(int k, int frame, int frames, boolean equal, Sink sink) {
    double[] x = re[fft.row(k)];
    double[] y = im[fft.row(k)];
    int mirror = fft.row((nFft - k) % nFft);
    powers(x, y, re[mirror], im[mirror], frames);
    if (equal) {
      // The transform's rounding is not symmetric, and equal signals are 0 apart.
      System.arraycopy(x, 0, y, 0, frames);
    }
    sink.accept(k, frame, x, y, frames);
  }

  /** Sample {@code n} of all frames. */
  private void cut(int n, double[] xs, double[] ys, int frames) {
    if (n < windowLength) {
      System.arraycopy(first[n % hop], n / hop, xs, 0, frames);
      System.arraycopy(second[n % hop], n / hop, ys, 0, frames);
    } else {
      Arrays.fill(xs, 0);
      Arrays.fill(ys, 0);
    }
  }

  /** Deals the samples from a frame's first on into columns of {@code hop}. */
  private void gather(float[] signal, int frame, double[][] columns) {
    int width = columns[0].length;
    int from = frame * hop - windowLength / 2;
    if (from >= 0 && from <= signal.length - width * hop) {
      for (int r = 0; r < hop; r++) {
        double[] row = columns[r];
        for (int c = 0; c < width; c++) {
          row[c] = signal[from + c * hop + r];
        }
      }
      return;
    }
    int end = signal.length + nFft / 2;
    for (int r = 0; r < hop; r++) {
      for (int c = 0; c < width; c++) {
        int i = Math.abs(from + c * hop + r);
        columns[r][c] = i >= end ? 0 : signal[i < signal.length ? i : 2 * (signal.length - 1) - i];
      }
    }
  }

  /** At 0 and at half the rate, bins mirror themselves: both rows are the same ones there. */
  private static void powers(double[] zr, double[] zi, double[] wr, double[] wi, int frames) {
    for (int q = 0; q < frames; q++) {
      double xr = zr[q] + wr[q];
      double xi = zi[q] - wi[q];
      double yr = zi[q] + wi[q];
      double yi = wr[q] - zr[q];
      zr[q] = xr * xr + xi * xi;
      zi[q] = yr * yr + yi * yi;
    }
  }
}
