package org.vocalise.dsp.mel;

import java.io.IOException;

/** Takes the frames of a mel spectrogram, in order, as they are made. */
@FunctionalInterface
public interface FrameSink {
  /**
   * Takes the next frames.
   *
   * @param values row-major {@code [bands][frames]}; valid during the call only
   * @param frames number of columns, at least 1
   */
  void accept(float[] values, int frames) throws IOException;
}
