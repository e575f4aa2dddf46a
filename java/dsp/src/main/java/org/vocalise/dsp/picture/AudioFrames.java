package org.vocalise.dsp.picture;

import java.io.IOException;
import java.util.Arrays;
import org.vocalise.dsp.audio.AudioSource;
import org.vocalise.dsp.fft.RealFft;
import org.vocalise.dsp.mel.FrameSink;
import org.vocalise.dsp.stft.HannWindow;

/**
 * Power spectra of a recording up to half its rate, for pictures: Hann windows of 40 to 80 ms, a
 * quarter of that apart, frame t centred on sample hop t.
 *
 * @param rate sample rate, Hz
 */
public record AudioFrames(int rate) {
  private static final double WINDOW_SECONDS = 0.04;

  /** Number of frames of a recording of at least one sample. */
  public long frames(long samples) {
    return 1 + (samples - 1) / hop();
  }

  /** Frames per second. */
  public double framesPerSecond() {
    return rate / (double) hop();
  }

  /** Frequency of every row. */
  public double[] hertz() {
    return SpectrogramColumns.linear(size() / 2 + 1, rate);
  }

  /** Passes {@code frames} frames on, one at a time; silence follows the recording's end. */
  public void draw(AudioSource audio, long frames, FrameSink sink) throws IOException {
    int size = size();
    int hop = hop();
    RealFft fft = new RealFft(size);
    double[] window = HannWindow.centred(size, size);
    float[] signal = new float[size];
    double[] frame = new double[size];
    double[] re = new double[size / 2 + 1];
    double[] im = new double[size / 2 + 1];
    float[] powers = new float[size / 2 + 1];
    // The first frame's centre is the first sample: half a window of zeros lies before it.
    fill(audio, signal, size / 2);
    for (long t = 0; t < frames; t++) {
      for (int n = 0; n < size; n++) {
        frame[n] = signal[n] * window[n];
      }
      fft.forward(frame, re, im);
      for (int bin = 0; bin < powers.length; bin++) {
        powers[bin] = (float) (re[bin] * re[bin] + im[bin] * im[bin]);
      }
      sink.accept(powers, 1);
      System.arraycopy(signal, hop, signal, 0, size - hop);
      fill(audio, signal, size - hop);
    }
  }

  /** Transform length: the power of two that is at least 40 ms. */
  private int size() {
    int least = (int) Math.max(64, rate * WINDOW_SECONDS);
    return Integer.highestOneBit(least - 1) << 1;
  }

  private int hop() {
    return size() / 4;
  }

  /** Reads samples up to the end of the array; zeros follow the signal. */
  private static void fill(AudioSource audio, float[] signal, int from) throws IOException {
    int filled = from;
    while (filled < signal.length) {
      int count = audio.read(signal, filled, signal.length - filled);
      if (count < 0) {
        Arrays.fill(signal, filled, signal.length, 0);
        return;
      }
      filled += count;
    }
  }
}
