package org.vocalise.cli;

import java.io.IOException;
import org.vocalise.dsp.picture.SpectrogramColumns;

/** A file as a picture sees it: frames of powers. */
interface Spectrogram {
  /** Number of frames, at least 1. */
  long frames();

  /** Frames per second. */
  double framesPerSecond();

  /** Frequency of every row, ascending. */
  double[] hertz();

  /** Passes all frames to a picture. */
  void draw(SpectrogramColumns picture) throws IOException;

  /** The first {@code frames} frames, reduced to the width of a picture. */
  default SpectrogramColumns columns(long frames) throws IOException {
    SpectrogramColumns columns = new SpectrogramColumns(hertz(), framesPerSecond(), frames);
    draw(columns);
    return columns;
  }
}
