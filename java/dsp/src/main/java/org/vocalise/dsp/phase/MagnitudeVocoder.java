package org.vocalise.dsp.phase;

import java.io.IOException;
import org.vocalise.dsp.mel.MelSpec;
import org.vocalise.dsp.vocoder.SampleSink;

/**
 * A signal made of a mel and of magnitudes that somebody else has estimated: magnitudes are
 * completed where the mel says nothing and moved towards the mel, get phases by gradient heap
 * integration, and a few fast Griffin-Lim iterations that keep them near the mel. Frames are
 * pushed; the signal is made in parts as by {@link GriffinLim}, whose borders depend on the number
 * of frames alone. One instance per signal; not thread-safe.
 */
public final class MagnitudeVocoder {
  private final PartStream stream;

  /**
   * Prepares a signal.
   *
   * @param sink takes exactly hop x frames samples, aligned with the recording
   */
  public MagnitudeVocoder(MelSpec spec, MagnitudeOptions options, SampleSink sink) {
    GriffinLim.checkOverlap(spec);
    PartSynthesis synthesis = new PartSynthesis(spec, options.phases(), null);
    stream = new PartStream(spec, synthesis, new EstimatedMagnitudes(spec, options), sink);
  }

  /** Frames that must be pushed before the first sample comes. */
  public static int latencyFrames() {
    return PartStream.LONGEST_PART + 1;
  }

  /**
   * Takes the next frames, and makes the parts that they complete.
   *
   * @param mel {@code [bands][frames]} in the spec's own unit
   * @param magnitudes of the plain transform, not negative, {@code [bins][frames]}
   */
  public void accept(float[] mel, float[] magnitudes, int frames)
      throws IOException, InterruptedException {
    stream.accept(mel, magnitudes, frames);
  }

  /** Makes what remains. */
  public void finish() throws IOException, InterruptedException {
    stream.finish();
  }
}
