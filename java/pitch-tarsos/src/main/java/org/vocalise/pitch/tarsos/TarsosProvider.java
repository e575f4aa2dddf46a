package org.vocalise.pitch.tarsos;

import java.util.List;
import org.vocalise.dsp.pitch.PitchTracker;
import org.vocalise.dsp.pitch.PitchTrackerProvider;

/** {@code tarsos-yin} and {@code tarsos-mcleod}. Thread-safe. */
public final class TarsosProvider implements PitchTrackerProvider {
  @Override
  public List<String> names() {
    return List.of(
        TarsosTracker.Method.YIN.trackerName(), TarsosTracker.Method.MCLEOD.trackerName());
  }

  @Override
  public PitchTracker open(String name) {
    for (TarsosTracker.Method method : TarsosTracker.Method.values()) {
      if (method.trackerName().equals(name)) {
        return new TarsosTracker(method);
      }
    }
    throw new IllegalArgumentException("no tracker '" + name + "' in TarsosDSP");
  }
}
