package org.vocalise.dsp.vocoder;

import java.io.IOException;

/** Takes the samples of a waveform, in order, as they are made. */
@FunctionalInterface
public interface SampleSink {
  /** Takes the next samples, nominally in [-1, 1]; the array is valid during the call only. */
  void accept(float[] samples, int offset, int length) throws IOException;
}
