package org.vocalise.eval.metric;

import java.io.IOException;
import org.vocalise.dsp.pitch.PitchTrack;

/** Finds, or remembers, the pitch track of one recording. */
@FunctionalInterface
public interface PitchSource {
  /** The track; the work is done at the first call at the latest, and the same track comes back. */
  PitchTrack track() throws IOException, InterruptedException;
}
