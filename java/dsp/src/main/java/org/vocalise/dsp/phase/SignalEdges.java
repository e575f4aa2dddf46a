package org.vocalise.dsp.phase;

import java.util.Arrays;
import org.vocalise.dsp.stft.HannWindow;
import org.vocalise.dsp.stft.PolyphaseSignal;

/**
 * What is known of a signal where fewer frames overlap than in its middle: there the sum of squared
 * windows is smaller, and before its beginning or after its end it may be known to be silent, and
 * its first samples may be those of a part made before. Immutable.
 */
final class SignalEdges {
  private final int hop;
  private final int silentBefore;
  private final int silentFrom;
  private final int[] columns;
  private final float[][] gains;
  private final float[][] known;

  /**
   * Describes the edges of {@code frames} frames.
   *
   * @param silentBefore samples before this one are zero
   * @param silentFrom samples from this one on are zero
   * @param known the first columns of the signal, {@code [hop][columns]}, as far as they are known
   */
  SignalEdges(
      int nFft,
      int windowLength,
      int hop,
      int frames,
      int silentBefore,
      int silentFrom,
      float[][] known) {
    this.hop = hop;
    this.silentBefore = silentBefore;
    this.silentFrom = silentFrom;
    this.known = known;
    double[] window = HannWindow.centred(windowLength, nFft);
    int overlap = (nFft + hop - 1) / hop;
    int second = Math.max(frames, overlap);
    columns = new int[overlap + frames + overlap - second];
    gains = new float[columns.length][hop];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = i < overlap ? i : second + i - overlap;
      for (int r = 0; r < hop; r++) {
        double all = 0;
        double present = 0;
        for (int j = 0; j * hop + r < nFft; j++) {
          double square = window[j * hop + r] * window[j * hop + r];
          // The column holds sample j hop + r of frame column - j.
          int frame = columns[i] - j;
          all += square;
          present += frame >= 0 && frame < frames ? square : 0;
        }
        // Where almost no window reaches, dividing would only amplify rounding.
        gains[i][r] = present < 0.02 * all ? 0 : (float) (all / present);
      }
    }
  }

  /** Restores the level of the edges and puts back what is known. */
  void apply(PolyphaseSignal signal) {
    float[][] rows = signal.rows();
    for (int i = 0; i < columns.length; i++) {
      for (int r = 0; r < hop; r++) {
        rows[r][columns[i]] *= gains[i][r];
      }
    }
    for (int r = 0; r < hop; r++) {
      for (int c = 0; c * hop + r < silentBefore; c++) {
        rows[r][c] = 0;
      }
      int from =
          (int) Math.min(signal.columns(), Math.max(0, ((long) silentFrom - r + hop - 1) / hop));
      Arrays.fill(rows[r], from, signal.columns(), 0);
      System.arraycopy(known[r], 0, rows[r], 0, known[r].length);
    }
  }
}
