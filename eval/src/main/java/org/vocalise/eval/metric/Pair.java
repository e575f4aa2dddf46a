package org.vocalise.eval.metric;

import org.vocalise.dsp.audio.Waveform;

/**
 * A reference and a synthesised recording, prepared as the protocol says: one sample rate, one
 * length.
 *
 * @param name of the file in the report, like {@code Alto-1#newboy/0004}
 * @param reference what was recorded
 * @param synthesis what a vocoder made
 * @param referencePitch pitch track of the reference
 * @param synthesisPitch pitch track of the synthesis, frames at the same times
 */
public record Pair(
    String name,
    Waveform reference,
    Waveform synthesis,
    PitchSource referencePitch,
    PitchSource synthesisPitch) {
  /** Checks that rates and lengths are equal. */
  public Pair {
    if (reference.sampleRate() != synthesis.sampleRate()
        || reference.samples().length != synthesis.samples().length) {
      throw new IllegalArgumentException(
          name
              + ": reference of "
              + reference.samples().length
              + " samples at "
              + reference.sampleRate()
              + " Hz, synthesis of "
              + synthesis.samples().length
              + " at "
              + synthesis.sampleRate()
              + ": make them equal first");
    }
  }
}
