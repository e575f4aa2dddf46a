package org.vocalise.training.launch;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.io.InputException;
import org.vocalise.training.run.JsonFiles;
import org.vocalise.training.run.RunDirectory;

/**
 * How a run was started last, as {@code launch.json} holds it.
 *
 * @param schema of this file
 * @param launcher {@code local}, {@code docker} or {@code compose}
 * @param started when, in UTC
 * @param host name of the machine
 * @param request what it trains
 * @param process the trainer's, where it runs without a container
 * @param container the trainer's, where it runs in one
 * @param trainer the folder of the Python package
 * @param python interpreter that the user chose; null for the trainer's own environment
 * @param startsBefore {@code start} events of earlier lives
 */
public record Launch(
    int schema,
    String launcher,
    String started,
    String host,
    TrainingRequest request,
    @Nullable ProcessIdentity process,
    @Nullable ContainerIdentity container,
    String trainer,
    @Nullable String python,
    long startsBefore) {
  /** The version of the file that this program writes. */
  public static final int SCHEMA = 1;

  /**
   * A container of an engine.
   *
   * @param id of the container
   * @param name of the container
   * @param image its tag, which says what it was made of
   */
  public record ContainerIdentity(String id, String name, String image) {}

  /** A trainer that has just been started in a container. */
  static Launch ofContainer(
      String launcher, TrainingRequest request, ContainerIdentity container, TrainerSource source) {
    return new Launch(
        SCHEMA,
        launcher,
        Instant.now().truncatedTo(ChronoUnit.MILLIS).toString(),
        Machine.name(),
        request,
        null,
        container,
        source.folder().toString(),
        null,
        0);
  }

  /** Reads it; null if the run was not started by an orchestrator. */
  public static @Nullable Launch read(RunDirectory run) throws IOException {
    return JsonFiles.read(run.launch(), Launch.class);
  }

  /**
   * Reads it where nothing can be done without.
   *
   * @param instead what does it for a run that something else has started
   * @throws InputException if the run was not started by an orchestrator
   */
  public static Launch required(RunDirectory run, String instead) throws IOException {
    Launch launch = read(run);
    if (launch == null) {
      throw new InputException(run.path(), "was not started by 'vocalise train start'; " + instead);
    }
    return launch;
  }

  /** The same, and how often the run had begun or gone on before. */
  public Launch after(long starts) {
    return new Launch(
        schema, launcher, started, host, request, process, container, trainer, python, starts);
  }

  /** Writes it. */
  public void write(RunDirectory run) throws IOException {
    JsonFiles.write(run.launch(), this);
  }
}
