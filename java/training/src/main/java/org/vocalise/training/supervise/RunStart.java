package org.vocalise.training.supervise;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.vocalise.dsp.io.InputException;
import org.vocalise.training.launch.Launch;
import org.vocalise.training.launch.Launcher;
import org.vocalise.training.launch.Liveness;
import org.vocalise.training.launch.TrainingRequest;
import org.vocalise.training.run.RunDirectory;
import org.vocalise.training.run.RunHistory;

/** Starts trainers on run directories. The caller holds the run's lock. */
public final class RunStart {
  private static final Duration GRACE = Duration.ofSeconds(10);

  private RunStart() {}

  /**
   * Starts a trainer by the launcher that the run had before, if it had one.
   *
   * @throws InputException if the run's trainer is still there
   */
  public static Launch start(RunDirectory run, Launcher launcher, TrainingRequest request)
      throws IOException, InterruptedException {
    return start(run, launcher, launcher, request);
  }

  /**
   * Starts a trainer, which goes on where there is something to go on with, and records it.
   *
   * @param former launcher of the run's trainer before, if it had one
   * @param launcher of the new one
   * @throws InputException if the trainer before is still there
   */
  public static Launch start(
      RunDirectory run, Launcher former, Launcher launcher, TrainingRequest request)
      throws IOException, InterruptedException {
    Launch before = Launch.read(run);
    if (before != null) {
      refuseRunning(run, former.liveness(before));
      former.clear(run, before);
    }
    RunHistory history = new RunHistory(run.events());
    history.poll();
    String kind = run.begun() ? "resumed" : "started";
    Launch launch = launcher.start(run, request).after(history.starts());
    record(run, launcher, launch);
    OrchestratorLog.of(run)
        .add(kind, Map.of("launch", launch.started(), "launcher", launcher.name()));
    return launch;
  }

  /** A trainer of which nothing tells is not left behind. */
  private static void record(RunDirectory run, Launcher launcher, Launch launch)
      throws IOException, InterruptedException {
    try {
      launch.write(run);
    } catch (IOException e) {
      try {
        launcher.stop(launch, GRACE);
        launcher.clear(run, launch);
      } catch (IOException fault) {
        e.addSuppressed(fault);
      }
      throw e;
    }
  }

  private static void refuseRunning(RunDirectory run, Liveness liveness) throws IOException {
    if (liveness instanceof Liveness.Alive) {
      throw new InputException(
          run.path(), "its trainer runs; 'vocalise train stop " + run.name() + "' ends it");
    }
    if (liveness instanceof Liveness.Unknown unknown) {
      throw new InputException(
          run.path(), "whether its trainer runs can't be told: " + unknown.reason());
    }
  }

  /** Refuses a folder without recordings before anything is started. */
  public static void checkData(Path data) throws IOException {
    if (!Files.isDirectory(data)) {
      throw new InputException(data, "is no folder; --data takes one of WAV or FLAC recordings");
    }
    boolean[] found = {false};
    Files.walkFileTree(
        data,
        java.util.EnumSet.of(java.nio.file.FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
            found[0] = name.endsWith(".wav") || name.endsWith(".flac");
            return found[0] ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException fault) throws IOException {
            if (fault instanceof AccessDeniedException && file.equals(data)) {
              throw new InputException(data, "may not be read; check its permissions");
            }
            return FileVisitResult.CONTINUE;
          }
        });
    if (!found[0]) {
      throw new InputException(
          data,
          "holds no WAV or FLAC file, in no folder below it either; --data takes one that does");
    }
  }
}
