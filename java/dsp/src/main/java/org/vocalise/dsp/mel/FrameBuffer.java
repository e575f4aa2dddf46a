package org.vocalise.dsp.mel;

/**
 * The frames of a growing matrix {@code [rows][frames]} from some frame on; earlier ones have been
 * dropped. Not thread-safe.
 */
public final class FrameBuffer {
  private final int rows;
  private float[] values = new float[0];
  private int capacity;
  private long start;
  private int count;

  /** Prepares an empty matrix. */
  public FrameBuffer(int rows) {
    this.rows = rows;
  }

  /** One past the last frame. */
  public long end() {
    return start + count;
  }

  /** First frame that is still held. */
  public long start() {
    return start;
  }

  /** Adds {@code frames} columns of a matrix {@code [rows][frames]}. */
  public void append(float[] matrix, int frames) {
    reserve(count + frames);
    for (int row = 0; row < rows; row++) {
      System.arraycopy(matrix, row * frames, values, row * capacity + count, frames);
    }
    count += frames;
  }

  /** Drops the frames before one, at most all. */
  public void dropBefore(long frame) {
    int dropped = (int) Math.max(0, Math.min(count, frame - start));
    count -= dropped;
    start += dropped;
    for (int row = 0; row < rows; row++) {
      int offset = row * capacity;
      System.arraycopy(values, offset + dropped, values, offset, count);
    }
  }

  /** Copies a run of frames that are held to the beginning of {@code matrix [rows][frames]}. */
  public void copy(long first, int frames, float[] matrix) {
    if (first < start || first + frames > end()) {
      throw new IndexOutOfBoundsException(
          "frames " + first + " + " + frames + " of " + start + " to " + end());
    }
    for (int row = 0; row < rows; row++) {
      int from = row * capacity + (int) (first - start);
      System.arraycopy(values, from, matrix, row * frames, frames);
    }
  }

  private void reserve(int frames) {
    if (frames <= capacity) {
      return;
    }
    int larger = Math.max(frames, capacity + capacity / 2);
    float[] copy = new float[Math.multiplyExact(rows, larger)];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(values, row * capacity, copy, row * larger, count);
    }
    values = copy;
    capacity = larger;
  }
}
