package org.vocalise.dsp.pitch;

import java.io.IOException;
import java.util.List;

/** Trackers of an optional jar on the class path, found by {@link java.util.ServiceLoader}. */
public interface PitchTrackerProvider {
  /** Names of the trackers, as options and reports have them. */
  List<String> names();

  /** Opens one of them by its name. */
  PitchTracker open(String name) throws IOException;
}
