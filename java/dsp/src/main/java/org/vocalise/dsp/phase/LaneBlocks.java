package org.vocalise.dsp.phase;

/**
 * A matrix {@code [rows][frames]} cut into groups of {@code lanes} frames, {@code
 * [groups][rows][lanes]}, zeros behind the last frame: the layout of the transforms. The number of
 * groups is even, since transforms take two at a time. Thread-safe.
 */
final class LaneBlocks {
  private LaneBlocks() {}

  /** Cuts a row-major matrix. */
  static float[][][] cut(float[] matrix, int rows, int frames, int lanes) {
    int groups = 2 * ((frames + 2 * lanes - 1) / (2 * lanes));
    float[][][] blocks = new float[groups][rows][lanes];
    for (int group = 0; group < groups; group++) {
      int first = group * lanes;
      int count = Math.min(lanes, frames - first);
      for (int row = 0; row < rows && count > 0; row++) {
        System.arraycopy(matrix, row * frames + first, blocks[group][row], 0, count);
      }
    }
    return blocks;
  }

  /** Undoes {@link #cut}. */
  static void join(float[][][] blocks, float[] matrix, int frames) {
    for (int group = 0; group < blocks.length; group++) {
      int lanes = blocks[group][0].length;
      int first = group * lanes;
      int count = Math.min(lanes, frames - first);
      for (int row = 0; row < blocks[group].length && count > 0; row++) {
        System.arraycopy(blocks[group][row], 0, matrix, row * frames + first, count);
      }
    }
  }
}
