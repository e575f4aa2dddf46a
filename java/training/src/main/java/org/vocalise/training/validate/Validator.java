package org.vocalise.training.validate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.io.InputException;
import org.vocalise.eval.result.SkippedScore;
import org.vocalise.eval.result.SystemScores;
import org.vocalise.training.run.Event;
import org.vocalise.training.run.JsonFiles;
import org.vocalise.training.run.RunDirectory;
import org.vocalise.training.run.RunHistory;

/**
 * Validates a run's snapshots one after the other, the oldest first, while its trainer writes or
 * when it has ended; keeps the log, the best, the page and the curves. The caller holds the run's
 * lock. Not thread-safe.
 */
public final class Validator implements AutoCloseable {
  private final RunDirectory run;
  private final RunHistory history;
  private final ValidationLog log;
  private final ValidationSettings settings;
  private @Nullable SnapshotScorer scorer;

  /** Validates by the run's settings. */
  public Validator(RunDirectory run) throws IOException {
    this.run = run;
    settings = ValidationSettings.of(run);
    history = new RunHistory(run.events());
    log = new ValidationLog(run);
  }

  /**
   * Refuses settings that can't be followed here.
   *
   * @throws IllegalArgumentException if there is no such tracker or embedding
   * @throws InputException if its model is not there; the message has the command
   */
  public static void check(ValidationSettings settings) throws IOException {
    SnapshotScorer.check(settings);
  }

  /**
   * Reads what is new, and gives the snapshots that wait, the oldest first.
   *
   * @param again whether those that could not be validated wait, too
   */
  public List<Event.Sample> waiting(boolean again) throws IOException {
    history.poll();
    log.poll(history.samples());
    return waiting(run, history.samples(), log.current(), again);
  }

  /** Of the announced snapshots those that are there and were not validated. */
  public static List<Event.Sample> waiting(
      RunDirectory run, List<Event.Sample> samples, List<Validation> current, boolean again) {
    Set<Long> done = new HashSet<>();
    for (Validation validation : current) {
      if (validation.fault() == null || !again) {
        done.add(validation.step());
      }
    }
    return samples.stream()
        .filter(sample -> !done.contains(sample.step()))
        .filter(sample -> Files.isRegularFile(run.snapshot(sample.step())))
        .toList();
  }

  /**
   * The validation of a run's best snapshot, which is on the disk; null if there is none, or a
   * resume has made it void.
   */
  public static @Nullable Validation best(RunDirectory run) throws IOException {
    BestSnapshot best = BestSnapshot.read(run);
    if (best == null || !Files.isRegularFile(run.snapshot(best.step()))) {
      return null;
    }
    RunHistory history = new RunHistory(run.events());
    history.poll();
    ValidationLog log = new ValidationLog(run);
    log.poll(history.samples());
    return log.current().stream()
        .filter(each -> each.step() == best.step())
        .filter(each -> each.weightsSha256().equals(best.weightsSha256()))
        .findFirst()
        .orElse(null);
  }

  /** Steps that were announced, and have neither a validation nor a snapshot any more. */
  public List<Long> missed() {
    Set<Long> done = new HashSet<>();
    log.current().forEach(validation -> done.add(validation.step()));
    return history.samples().stream()
        .map(Event.Sample::step)
        .filter(step -> !done.contains(step) && !Files.exists(run.snapshot(step)))
        .toList();
  }

  /**
   * Validates a snapshot, and brings all files up to date. One that is damaged gets a line that
   * says so.
   *
   * @throws InputException if there are no clips, or they are damaged
   * @throws IOException if the run's folder can't be written
   */
  public Validation validate(Event.Sample sample) throws IOException, InterruptedException {
    ValidationClips clips = ValidationClips.of(run);
    Path snapshot = run.snapshot(sample.step());
    long begin = System.nanoTime();
    Validation validation;
    try {
      SnapshotScorer.Scored scored =
          scorer().score(sample.step(), snapshot, clips, players(sample.step()));
      SystemScores scores = scored.scores();
      validation =
          line(
              sample,
              clips,
              scored.weightsSha256(),
              SnapshotScorer.means(scores),
              scores.skipped(),
              TrainerCheck.of(run, sample, clips),
              scored.players(),
              seconds(begin),
              null);
    } catch (UnfitSnapshotException e) {
      validation =
          line(
              sample,
              clips,
              "",
              Map.of(),
              List.of(),
              null,
              List.of(),
              seconds(begin),
              String.valueOf(e.getMessage()));
    }
    JsonFiles.append(run.validation(), validation);
    conclude();
    return validation;
  }

  private Validation line(
      Event.Sample sample,
      ValidationClips clips,
      String weightsSha256,
      Map<String, Double> scores,
      List<SkippedScore> skipped,
      @Nullable TrainerCheck trainer,
      List<String> players,
      double seconds,
      @Nullable String fault) {
    return new Validation(
        Instant.now().truncatedTo(ChronoUnit.MILLIS).toString(),
        sample.step(),
        ValidationLog.time(sample),
        clips.sha256(),
        settings.tracker(),
        settings.embedding(),
        weightsSha256,
        scores,
        skipped,
        trainer,
        players,
        seconds,
        fault);
  }

  /** Chooses the best anew, removes what is done with, and draws page and curves. */
  public void conclude() throws IOException, InterruptedException {
    history.poll();
    log.poll(history.samples());
    List<Validation> current = log.current();
    // Chosen by another rule than before, the best one's snapshot may be gone.
    List<Validation> available =
        current.stream().filter(each -> Files.exists(run.snapshot(each.step()))).toList();
    Validation best = ValidationLog.best(available, settings.rule());
    if (best != null) {
      BestSnapshot.of(run, best, settings, current.size()).write(run);
      prune(current, best.step());
      KeptSounds.prune(run, settings.keepSounds(), best.step());
    }
    if (!current.isEmpty()) {
      ValidationReport.write(run, current, best, settings, ValidationClips.of(run), log.warnings());
    }
  }

  /**
   * Removes snapshots that were validated, but for the best and the newest few. Those that could
   * not be validated stay, and so do those whose events a resume has made void: the trainer writes
   * these again.
   */
  private void prune(List<Validation> current, long best) throws IOException {
    List<Validation> done = current.stream().filter(each -> each.fault() == null).toList();
    for (Validation each : done.subList(0, Math.max(0, done.size() - settings.keep()))) {
      if (each.step() != best) {
        Files.deleteIfExists(run.snapshot(each.step()));
      }
    }
  }

  private SnapshotScorer scorer() throws IOException {
    SnapshotScorer opened = scorer;
    if (opened == null) {
      opened = new SnapshotScorer(settings);
      scorer = opened;
    }
    return opened;
  }

  private Path players(long step) {
    return run.validated().resolve("step-" + step);
  }

  private static double seconds(long begin) {
    return Math.round((System.nanoTime() - begin) / 1e7) / 100.0;
  }

  /** What counts so far. */
  public ValidationLog log() {
    return log;
  }

  /** How the run is validated. */
  public ValidationSettings settings() {
    return settings;
  }

  @Override
  public void close() throws IOException {
    if (scorer != null) {
      scorer.close();
    }
  }
}
