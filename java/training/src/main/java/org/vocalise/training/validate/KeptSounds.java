package org.vocalise.training.validate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.vocalise.training.run.RunDirectory;

/** Which snapshots' clips stay to be heard, where a run has many: some from all of its time. */
final class KeptSounds {
  private static final String PREFIX = "step-";

  private KeptSounds() {}

  /** Removes clips of a run until those of so many snapshots are left, and those of the best. */
  static void prune(RunDirectory run, int most, long best) throws IOException {
    for (long step : surplus(steps(run.validated()), most, best)) {
      SnapshotScorer.delete(run.validated().resolve(PREFIX + step));
    }
  }

  /**
   * The steps to give up: again and again the one that leaves the smallest gap, the earlier of
   * equal ones; never the first, the last or the best.
   *
   * @param steps ascending
   */
  static List<Long> surplus(List<Long> steps, int most, long best) {
    List<Long> kept = new ArrayList<>(steps);
    List<Long> surplus = new ArrayList<>();
    while (kept.size() > most) {
      int densest = -1;
      long smallest = Long.MAX_VALUE;
      for (int i = 1; i < kept.size() - 1; i++) {
        long gap = kept.get(i + 1) - kept.get(i - 1);
        if (kept.get(i) != best && gap < smallest) {
          smallest = gap;
          densest = i;
        }
      }
      if (densest < 0) {
        break;
      }
      surplus.add(kept.remove(densest));
    }
    return surplus;
  }

  private static List<Long> steps(Path folder) throws IOException {
    try (Stream<Path> folders = Files.list(folder)) {
      return folders
          .map(path -> String.valueOf(path.getFileName()))
          .filter(name -> name.matches(PREFIX + "\\d{1,15}"))
          .map(name -> Long.valueOf(name.substring(PREFIX.length())))
          .sorted()
          .toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }
}
