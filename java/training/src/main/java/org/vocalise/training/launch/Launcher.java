package org.vocalise.training.launch;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.vocalise.training.run.RunDirectory;

/**
 * Starts trainers, and finds them again by what {@link Launch} recorded, in another process too.
 * Trainers go on when this program ends. Thread-safe.
 */
public interface Launcher extends AutoCloseable {
  /** Name on the command line: {@code local}, {@code docker}, {@code compose}. */
  String name();

  /**
   * Makes what trainers need, unless it is there: an environment, an image.
   *
   * @param progress takes lines for the user
   * @throws IOException if it can't be made; the message says why and what to do
   */
  void prepare(Consumer<String> progress) throws IOException, InterruptedException;

  /**
   * Starts a trainer, which goes on from the run's newest checkpoint if there is one.
   *
   * @return what finds it again; the caller writes it
   */
  Launch start(RunDirectory run, TrainingRequest request) throws IOException, InterruptedException;

  /** Whether a trainer is there. */
  Liveness liveness(Launch launch);

  /** What a trainer uses; null if that can't be told. */
  @Nullable Usage usage(Launch launch);

  /** The last lines a trainer printed, oldest first. */
  List<String> lastLines(RunDirectory run, Launch launch, int count) throws IOException;

  /** Gives all lines that a trainer printed and prints, until it ends. */
  void follow(RunDirectory run, Launch launch, Consumer<String> lines)
      throws IOException, InterruptedException;

  /**
   * Asks a trainer to write a checkpoint and end; ends it for good after a time.
   *
   * @return whether it ended by itself
   */
  boolean stop(Launch launch, Duration grace) throws IOException, InterruptedException;

  /** Clears away what an ended trainer has left outside its folder, its words kept in the log. */
  void clear(RunDirectory run, Launch launch) throws IOException;

  /**
   * Runs the package's command {@code export} on a checkpoint of a run.
   *
   * @param checkpoint in the run's folder
   * @param output does not exist
   * @throws IOException if it fails; the message is the command's
   */
  void export(RunDirectory run, Launch launch, Path checkpoint, Path output)
      throws IOException, InterruptedException;

  @Override
  default void close() {}
}
