package org.vocalise.inference;

import java.io.IOException;
import java.util.Arrays;
import org.vocalise.dsp.fft.RealFft;
import org.vocalise.dsp.stft.HannWindow;
import org.vocalise.dsp.vocoder.SampleSink;

/*
 * Griffin, Lim, "Signal estimation from modified short-time Fourier transform", 1984, equation 6:
 * windowed frames are added and divided by the sum of squared windows of the frames that are there.
 */

/**
 * The inverse short-time Fourier transform, frame by frame in double precision: hop samples for
 * each frame, without the padding. One instance per signal.
 */
final class OverlapAdd {
  /** Below this sum of squared windows no frame reaches a sample. */
  private static final double NOTHING = 1e-11;

  private final int nFft;
  private final int hop;
  private final int bins;
  private final int pad;
  private final SampleSink sink;
  private final RealFft fft;
  private final double[] window;
  private final double[] re;
  private final double[] im;
  private final double[] frame;
  private final double[] sum;
  private final double[] weight;
  private final float[] samples;
  private long frames;

  OverlapAdd(InverseStft inverse, SampleSink sink) {
    nFft = inverse.nFft();
    hop = inverse.hop();
    bins = inverse.bins();
    pad = inverse.pad();
    this.sink = sink;
    fft = new RealFft(nFft);
    window = HannWindow.centred(inverse.windowLength(), nFft);
    re = new double[bins];
    im = new double[bins];
    frame = new double[nFft];
    sum = new double[nFft];
    weight = new double[nFft];
    samples = new float[nFft];
  }

  /** Takes column {@code t} of spectra {@code [bins][columns]}, the next frame. */
  void accept(float[] real, float[] imaginary, int t, int columns) throws IOException {
    for (int k = 0; k < bins; k++) {
      re[k] = real[k * columns + t];
      im[k] = imaginary[k * columns + t];
    }
    fft.inverse(re, im, frame);
    for (int n = 0; n < nFft; n++) {
      sum[n] += window[n] * frame[n];
      weight[n] += window[n] * window[n];
    }
    pass(hop);
    System.arraycopy(sum, hop, sum, 0, nFft - hop);
    System.arraycopy(weight, hop, weight, 0, nFft - hop);
    Arrays.fill(sum, nFft - hop, nFft, 0);
    Arrays.fill(weight, nFft - hop, nFft, 0);
    frames++;
  }

  /** Passes the samples on that no further frame changes. */
  void finish() throws IOException {
    pass(pad);
  }

  /** Passes on the first samples of the sum, as far as they lie behind the padding. */
  private void pass(int count) throws IOException {
    int from = (int) Math.max(0, Math.min(count, pad - frames * hop));
    for (int n = from; n < count; n++) {
      samples[n] = weight[n] < NOTHING ? 0 : (float) (sum[n] / weight[n]);
    }
    if (from < count) {
      sink.accept(samples, from, count - from);
    }
  }
}
