package org.vocalise.eval.spectral;

import java.util.Arrays;
import org.vocalise.dsp.fft.DoubleLaneFft;
import org.vocalise.dsp.stft.HannWindow;

/*
 * Both signals are real: one rides in the real part of a complex transform, the other in the
 * imaginary part. With Z the transform of x + iy: 2 X(k) = Z(k) + Z*(N-k), 2 Y(k) = (Z(k) - Z*(N-k)) / i.
 * The window carries the factor 1/2.
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
  private final double[][] columns;

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
    double[] centred = HannWindow.centred(windowLength, nFft);
    window = Arrays.copyOfRange(centred, start(), start() + windowLength);
    for (int n = 0; n < windowLength; n++) {
      window[n] /= 2;
    }
    re = new double[nFft][LANES];
    im = new double[nFft][LANES];
    columns = new double[hop][LANES + (windowLength + hop - 1) / hop];
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
      cut(x, frame, re, count);
      cut(y, frame, im, count);
      fft.forward(re, im, count);
      pass(frame, count, equal, sink);
    }
  }

  /** Each bin's powers, straight to the sink: a core's first cache still holds them there. */
  private void pass(int frame, int frames, boolean equal, Sink sink) {
    for (int k = 0; k < bins(); k++) {
      double[] first = re[fft.row(k)];
      double[] second = im[fft.row(k)];
      if (k == 0 || k == nFft / 2) {
        realPowers(first, frames);
        realPowers(second, frames);
      } else {
        int mirror = fft.row(nFft - k);
        powers(first, second, re[mirror], im[mirror], frames);
      }
      if (equal) {
        // The transform's rounding is not symmetric, and equal signals are 0 apart.
        System.arraycopy(first, 0, second, 0, frames);
      }
      sink.accept(k, frame, first, second, frames);
    }
  }

  private int start() {
    return (nFft - windowLength) / 2;
  }

  /** Fills the rows with windowed frames from {@code frame} on. */
  private void cut(float[] signal, int frame, double[][] rows, int frames) {
    gather(signal, frame * hop - nFft / 2 + start());
    for (int n = 0; n < start(); n++) {
      Arrays.fill(rows[n], 0);
    }
    for (int n = 0; n < windowLength; n++) {
      scale(columns[n % hop], n / hop, rows[start() + n], window[n], frames);
    }
    for (int n = start() + windowLength; n < nFft; n++) {
      Arrays.fill(rows[n], 0);
    }
  }

  /** Deals samples from {@code from} on into columns of {@code hop}. */
  private void gather(float[] signal, int from) {
    int width = columns[0].length;
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

  /** At 0 and at half the rate x and y have no imaginary part, and nothing to be parted from. */
  private static void realPowers(double[] z, int frames) {
    for (int q = 0; q < frames; q++) {
      z[q] *= 4 * z[q];
    }
  }

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

  private static void scale(double[] from, int offset, double[] to, double factor, int frames) {
    for (int q = 0; q < frames; q++) {
      to[q] = from[offset + q] * factor;
    }
  }
}
