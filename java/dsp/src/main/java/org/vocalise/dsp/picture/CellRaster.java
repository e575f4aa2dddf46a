package org.vocalise.dsp.picture;

/**
 * Cells of a spectrogram spread over the pixels of a panel.
 *
 * @param shares row-major {@code [rows][columns]}, 0 to 1 from one end of the colours to the other
 * @param middle share that stands for nothing: 0 for levels, 0.5 for differences
 * @param width of the panel, in pixels
 * @param height of the panel
 */
@SuppressWarnings("ArrayRecordComponent") // a view for drawing; equality is not used
record CellRaster(float[] shares, int rows, int columns, double middle, int width, int height) {
  /**
   * Of the cells that a pixel covers, the one furthest from the middle: thin lines stay visible.
   *
   * @param py from the bottom
   */
  double strongest(int px, int py) {
    int firstColumn = (int) ((long) px * columns / width);
    int lastColumn = (int) Math.max(firstColumn + 1, (px + 1L) * columns / width);
    int firstRow = (int) ((long) py * rows / height);
    int lastRow = (int) Math.max(firstRow + 1, (py + 1L) * rows / height);
    double strongest = middle;
    for (int row = firstRow; row < lastRow; row++) {
      for (int column = firstColumn; column < lastColumn; column++) {
        double share = shares[row * columns + column];
        if (Math.abs(share - middle) > Math.abs(strongest - middle)) {
          strongest = share;
        }
      }
    }
    return strongest;
  }
}
