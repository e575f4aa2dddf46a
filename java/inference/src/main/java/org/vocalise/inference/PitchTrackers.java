package org.vocalise.inference;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.vocalise.dsp.io.InputException;
import org.vocalise.dsp.pitch.PitchTracker;
import org.vocalise.dsp.pitch.PitchTrackerProvider;
import org.vocalise.dsp.pitch.YinTracker;

/**
 * The pitch trackers, by name. Every one has frames at 0, 10, 20 ms and so on, each centred on its
 * time. Thread-safe.
 */
public final class PitchTrackers {
  /** The tracker that needs nothing. */
  public static final String DEFAULT = "yin";

  private static final int YIN_RATE = 22_050;

  /** In the optional module, whose licence is the GPL. */
  private static final String TARSOS = "tarsos-";

  private PitchTrackers() {}

  /** All names that can be opened here, of CREPE also the sizes whose model is not there yet. */
  public static List<String> names() {
    List<String> names = new ArrayList<>();
    names.add(DEFAULT);
    PublishedModels.names().stream().filter(PitchTrackers::isCrepe).forEach(names::add);
    for (PitchTrackerProvider provider : ServiceLoader.load(PitchTrackerProvider.class)) {
      names.addAll(provider.names());
    }
    return names;
  }

  private static boolean isCrepe(String name) {
    return name.startsWith("crepe-");
  }

  /**
   * Opens a tracker.
   *
   * @param models where the networks lie
   * @throws IllegalArgumentException if there is no such tracker; the message lists all
   * @throws InputException if its model was not added yet, or is another; the message has the
   *     command
   */
  public static PitchTracker open(String name, ModelStore models) throws IOException {
    if (name.equals(DEFAULT)) {
      return new YinTracker(YIN_RATE);
    }
    if (isCrepe(name) && PublishedModels.names().contains(name)) {
      return crepe(name, models.find(name));
    }
    for (PitchTrackerProvider provider : ServiceLoader.load(PitchTrackerProvider.class)) {
      if (provider.names().contains(name)) {
        return provider.open(name);
      }
    }
    String cure =
        name.startsWith(TARSOS)
            ? "; for this one, put vocalise-pitch-tarsos.jar (GPL-3) beside vocalise.jar"
            : "";
    throw new IllegalArgumentException(
        "no tracker '%s': there are %s%s".formatted(name, String.join(", ", names()), cure));
  }

  /** Figures of two sizes must not be mixed, so that a file may not pass for another size. */
  private static PitchTracker crepe(String name, Path file) throws IOException {
    CrepeTracker tracker = CrepeTracker.open(file);
    Object held = tracker.settings().get("tracker");
    if (!name.equals(held)) {
      tracker.close();
      throw new InputException(
          file,
          "holds %s; put the right one there with 'vocalise models add %s --overwrite'"
              .formatted(held, name));
    }
    return tracker;
  }
}
