package org.vocalise.eval.embedding;

import org.vocalise.dsp.fft.RealFft;

/**
 * ln(mel + offset) of windowed frames, with triangles that are linear on the mel scale 1127 ln(1 +
 * f / 700): the front ends of VGGish and, in Kaldi's way, EfficientAT. (The mels of vocoders have
 * triangles linear in Hz.) Has working memory: one instance per thread.
 */
final class LogMelFrames {
  private final int hop;
  private final int bands;
  private final boolean power;
  private final double offset;
  private final double[] window;
  private final RealFft fft;
  private final double[] frame;
  private final double[] re;
  private final double[] im;
  private final int[] firstBin;
  private final double[][] weights;

  /**
   * Prepares tables.
   *
   * @param nFft transform length, at least the window's
   * @param window laid over the first samples of a frame
   * @param hop samples from frame to frame
   * @param power whether bands sum |X|^2, not |X|
   * @param bank the triangles; bins without a weight in any are never looked at
   * @param offset added to the mel
   */
  LogMelFrames(int nFft, double[] window, int hop, boolean power, Bank bank, double offset) {
    this.hop = hop;
    this.bands = bank.bands();
    this.power = power;
    this.offset = offset;
    this.window = window.clone();
    fft = new RealFft(nFft);
    frame = new double[nFft];
    re = new double[nFft / 2 + 1];
    im = new double[nFft / 2 + 1];
    firstBin = new int[bands];
    weights = new double[bands][];
    double hzPerBin = bank.sampleRate() / (double) nFft;
    double low = mel(bank.lowHz());
    double width = (mel(bank.highHz()) - low) / (bands + 1);
    for (int band = 0; band < bands; band++) {
      double left = low + band * width;
      int bin = 1; // the constant part has no weight, nor has the highest bin
      while (mel(bin * hzPerBin) <= left) {
        bin++;
      }
      firstBin[band] = bin;
      int end = bin;
      while (end < nFft / 2 && mel(end * hzPerBin) < left + 2 * width) {
        end++;
      }
      weights[band] = new double[end - bin];
      for (int i = 0; i < weights[band].length; i++) {
        double up = (mel((bin + i) * hzPerBin) - left) / width;
        weights[band][i] = Math.min(up, 2 - up);
      }
    }
  }

  /**
   * Triangles of equal width in mel, each reaching to the centres of its neighbours.
   *
   * @param sampleRate of the signal
   * @param bands number of triangles
   * @param lowHz where the first begins
   * @param highHz where the last ends
   */
  record Bank(int sampleRate, int bands, double lowHz, double highHz) {}

  private static double mel(double hz) {
    return 1127 * StrictMath.log(1 + hz / 700);
  }

  /**
   * The first frames of a signal, frame t beginning at sample {@code t x hop}.
   *
   * @return row-major {@code [count][bands]}
   */
  float[] compute(float[] signal, int count) {
    float[] values = new float[count * bands];
    for (int t = 0; t < count; t++) {
      for (int n = 0; n < window.length; n++) {
        frame[n] = signal[t * hop + n] * window[n];
      }
      fft.forward(frame, re, im);
      for (int k = 0; k < re.length; k++) {
        double squared = re[k] * re[k] + im[k] * im[k];
        re[k] = power ? squared : Math.sqrt(squared);
      }
      for (int band = 0; band < bands; band++) {
        double sum = offset;
        for (int i = 0; i < weights[band].length; i++) {
          sum += weights[band][i] * re[firstBin[band] + i];
        }
        values[t * bands + band] = (float) StrictMath.log(sum);
      }
    }
    return values;
  }
}
