package org.vocalise.dsp.stft;

import java.util.Arrays;

/**
 * A signal dealt into {@code hop} rows: sample i lies in row i mod hop, column i / hop. Sample n of
 * consecutive frames is then a run of consecutive columns of one row, which is how {@link
 * FrameTransform} reads and adds frames without gathering. Not thread-safe.
 */
public final class PolyphaseSignal {
  private final float[][] rows;
  private final int hop;
  private final int columns;

  /** Allocates zeros for {@code hop x columns} samples. */
  public PolyphaseSignal(int hop, int columns) {
    this.hop = hop;
    this.columns = columns;
    rows = new float[hop][columns];
  }

  /** Samples per column. */
  public int hop() {
    return hop;
  }

  /** Number of columns. */
  public int columns() {
    return columns;
  }

  /** The samples {@code [hop][columns]}. */
  public float[][] rows() {
    return rows;
  }

  /** Sets all samples to zero. */
  public void clear() {
    for (float[] row : rows) {
      Arrays.fill(row, 0);
    }
  }

  /** Takes over the samples of a signal of the same size. */
  public void copy(PolyphaseSignal other) {
    for (int r = 0; r < hop; r++) {
      System.arraycopy(other.rows[r], 0, rows[r], 0, columns);
    }
  }

  /**
   * Fills columns with a run of samples, which starts at the first sample of {@code firstColumn}.
   * The rest of the last column, when {@code length} is no multiple of the hop, becomes zero.
   */
  public void put(int firstColumn, float[] samples, int offset, int length) {
    int whole = length / hop;
    // Blocks of columns keep both sides of this transposition in the cache.
    for (int block = 0; block < whole; block += 16) {
      int end = Math.min(whole, block + 16);
      for (int r = 0; r < hop; r++) {
        float[] row = rows[r];
        for (int c = block; c < end; c++) {
          row[firstColumn + c] = samples[offset + c * hop + r];
        }
      }
    }
    int rest = length - whole * hop;
    for (int r = 0; r < hop && rest > 0; r++) {
      rows[r][firstColumn + whole] = r < rest ? samples[offset + whole * hop + r] : 0;
    }
  }

  /** Copies {@code length} samples, beginning with sample {@code first}, to a plain array. */
  public void get(int first, float[] target, int offset, int length) {
    int firstColumn = first / hop;
    int lastColumn = (first + length - 1) / hop;
    for (int block = firstColumn; block <= lastColumn; block += 16) {
      int end = Math.min(lastColumn + 1, block + 16);
      for (int r = 0; r < hop; r++) {
        float[] row = rows[r];
        for (int c = block; c < end; c++) {
          int i = c * hop + r - first;
          if (i >= 0 && i < length) {
            target[offset + i] = row[c];
          }
        }
      }
    }
  }
}
