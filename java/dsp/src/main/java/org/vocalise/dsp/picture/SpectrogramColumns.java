package org.vocalise.dsp.picture;

import java.util.Arrays;
import org.vocalise.dsp.mel.FrameSink;

/**
 * A power spectrogram, or a mel, reduced to the width of a picture while its frames arrive: an hour
 * takes no more memory than a second. Frames that share a column are averaged. Not thread-safe.
 */
public final class SpectrogramColumns implements FrameSink {
  private static final int MOST_COLUMNS = 960;

  private final double[] hertz;
  private final double framesPerSecond;
  private final long frames;
  private final int columns;

  /** Sums of powers, row-major {@code [rows][columns]}. */
  private final double[] sums;

  private final int[] counts;
  private long accepted;

  /**
   * An empty spectrogram.
   *
   * @param hertz frequency of every row, ascending: of the bins, or of the bands' centres
   * @param framesPerSecond sample rate / hop
   * @param frames length to show, at least 1; frames beyond it are ignored, and frames that never
   *     come are shown as silence
   */
  public SpectrogramColumns(double[] hertz, double framesPerSecond, long frames) {
    if (hertz.length == 0 || frames < 1 || !(framesPerSecond > 0)) {
      throw new IllegalArgumentException(
          hertz.length + " rows of " + frames + " frames, " + framesPerSecond + " a second");
    }
    for (int row = 1; row < hertz.length; row++) {
      if (!(hertz[row] > hertz[row - 1])) {
        throw new IllegalArgumentException(
            "row " + row + ": " + hertz[row] + " Hz is not above " + hertz[row - 1] + " Hz");
      }
    }
    this.hertz = hertz.clone();
    this.framesPerSecond = framesPerSecond;
    this.frames = frames;
    columns = (int) Math.min(frames, MOST_COLUMNS);
    sums = new double[hertz.length * columns];
    counts = new int[columns];
  }

  /** Frequencies of the bins of a transform: 0 Hz up to half the sample rate. */
  public static double[] linear(int bins, double sampleRate) {
    double[] hertz = new double[bins];
    for (int bin = 0; bin < bins; bin++) {
      hertz[bin] = bin * sampleRate / (2.0 * Math.max(1, bins - 1));
    }
    return hertz;
  }

  /**
   * Takes the next frames.
   *
   * @param values powers, row-major {@code [rows][count]}; what is not a positive number counts as
   *     0
   */
  @Override
  public void accept(float[] values, int count) {
    for (int frame = 0; frame < count && accepted < frames; frame++, accepted++) {
      // Doubles are exact here: frames of a file stay far below 2^53 / columns.
      int column = (int) Math.min(columns - 1, (double) accepted * columns / frames);
      counts[column]++;
      for (int row = 0; row < hertz.length; row++) {
        float value = values[row * count + frame];
        if (value > 0 && value < Float.POSITIVE_INFINITY) {
          sums[row * columns + column] += value;
        }
      }
    }
  }

  /** Number of columns: one for each frame, at most 960. */
  int columns() {
    return columns;
  }

  /** Number of rows. */
  int rows() {
    return hertz.length;
  }

  /** Length shown. */
  double seconds() {
    return frames / framesPerSecond;
  }

  /** Mean power, 0 or above. */
  double power(int row, int column) {
    return counts[column] == 0 ? 0 : sums[row * columns + column] / counts[column];
  }

  double largestPower() {
    double largest = 0;
    for (int row = 0; row < rows(); row++) {
      for (int column = 0; column < columns; column++) {
        largest = Math.max(largest, power(row, column));
      }
    }
    return largest;
  }

  double[] hertz() {
    return hertz;
  }

  /** Whether both show the same frequencies and length, so that they can be subtracted. */
  boolean matches(SpectrogramColumns other) {
    return Arrays.equals(hertz, other.hertz)
        && framesPerSecond == other.framesPerSecond
        && frames == other.frames;
  }
}
