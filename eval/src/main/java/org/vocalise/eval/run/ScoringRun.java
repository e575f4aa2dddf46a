package org.vocalise.eval.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.vocalise.eval.embedding.Embedding;
import org.vocalise.eval.frechet.FileWindows;
import org.vocalise.eval.frechet.FrechetScoring;
import org.vocalise.eval.metric.UndefinedScoreException;
import org.vocalise.eval.report.ReportSources;
import org.vocalise.eval.result.FrechetScore;
import org.vocalise.eval.result.Scores;
import org.vocalise.eval.result.SkippedScore;
import org.vocalise.eval.result.SystemScores;

/**
 * Scores whole systems, several files at a time. The result does not depend on how many, nor on
 * what was remembered or scored earlier.
 */
public final class ScoringRun {
  private static final long SECONDS_TO_STOP = 8;
  private static final long SEED = 0;

  /** A pair that could not be scored. */
  private record Failure(PairedFile files, Throwable cause) {}

  private final ScoringPlan plan;
  private final Journal journal;
  private final ScoringListener listener;
  private final PairLoader loader;
  private final FileScorer scorer;

  /**
   * Prepares a run.
   *
   * @param cache of tracks and vectors
   * @param journal of this run; stays open
   */
  public ScoringRun(
      ScoringPlan plan, FeatureCache cache, Journal journal, ScoringListener listener) {
    this.plan = plan;
    this.journal = journal;
    this.listener = listener;
    Features features = new Features(plan.protocol(), cache, plan.version());
    loader = new PairLoader(plan.protocol(), plan.tracker(), features);
    scorer = new FileScorer(plan, loader, features, journal);
  }

  /**
   * Scores everything.
   *
   * @param jobs number of pairs at a time
   * @throws IOException if the journal can't be written
   */
  public Scores execute(int jobs) throws IOException, InterruptedException {
    Map<SystemFiles, List<Future<@Nullable ScoredFile>>> futures = new LinkedHashMap<>();
    Map<SystemFiles, List<Failure>> failures = new LinkedHashMap<>();
    Map<SystemFiles, List<ScoredFile>> scored = new LinkedHashMap<>();
    ExecutorService pool = Executors.newFixedThreadPool(jobs);
    try {
      for (SystemFiles system : plan.systems()) {
        List<Failure> failed = Collections.synchronizedList(new ArrayList<>());
        failures.put(system, failed);
        futures.put(
            system,
            system.pairs().stream()
                .map(files -> pool.submit(() -> score(system, files, failed)))
                .toList());
      }
      for (Map.Entry<SystemFiles, List<Future<@Nullable ScoredFile>>> entry : futures.entrySet()) {
        List<ScoredFile> files = new ArrayList<>();
        for (Future<@Nullable ScoredFile> future : entry.getValue()) {
          ScoredFile file = result(future);
          if (file != null) {
            files.add(file);
          }
        }
        scored.put(entry.getKey(), files);
      }
    } finally {
      pool.shutdownNow();
      awaitEnd(pool);
    }
    List<ScoredFile> all = scored.values().stream().flatMap(List::stream).toList();
    journal.finish(all);
    return summarise(scored, failures, new Duplicates(all));
  }

  private @Nullable ScoredFile score(SystemFiles system, PairedFile files, List<Failure> failed)
      throws IOException, InterruptedException {
    FileScorer.Outcome outcome;
    try {
      outcome = scorer.score(system.name(), files);
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException();
      }
      failed.add(new Failure(files, e));
      listener.failed(system.name(), files, e);
      return null;
    }
    if (outcome.seconds() > 0) {
      journal.add(outcome.scored());
    }
    listener.scored(system.name(), files, outcome.seconds());
    return outcome.scored();
  }

  private static @Nullable ScoredFile result(Future<@Nullable ScoredFile> future)
      throws IOException, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException fault) {
        throw fault;
      }
      if (e.getCause() instanceof InterruptedException interruption) {
        throw interruption;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Waits for the tasks even where this thread is interrupted: they close what they opened. */
  private static void awaitEnd(ExecutorService pool) {
    boolean interrupted = Thread.interrupted();
    try {
      pool.awaitTermination(SECONDS_TO_STOP, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private Scores summarise(
      Map<SystemFiles, List<ScoredFile>> scored,
      Map<SystemFiles, List<Failure>> failures,
      Duplicates duplicates)
      throws IOException, InterruptedException {
    Map<String, Map<String, Object>> definitions = plan.definitions();
    List<SystemScores> systems = new ArrayList<>();
    for (SystemFiles system : plan.systems()) {
      List<ScoredFile> files = scored.getOrDefault(system, List.of());
      List<SkippedScore> skipped = new ArrayList<>(system.unpaired());
      for (Failure failure : failures.getOrDefault(system, List.of())) {
        skipped.add(
            new SkippedScore(
                failure.files().name(),
                SkippedScore.FILE,
                String.valueOf(failure.cause().getMessage())));
      }
      FrechetScore frechet = frechet(system, files, definitions, skipped);
      systems.add(Summary.of(system.name(), files, duplicates, definitions, frechet, skipped));
    }
    return new Scores(
        Scores.SCHEMA,
        plan.protocol().name(),
        definitions,
        Map.of("vocalise", plan.version()),
        systems);
  }

  private @Nullable FrechetScore frechet(
      SystemFiles system,
      List<ScoredFile> files,
      Map<String, Map<String, Object>> definitions,
      List<SkippedScore> skipped)
      throws IOException, InterruptedException {
    Embedding embedding = plan.embedding();
    if (embedding == null || files.isEmpty()) {
      return null;
    }
    Map<String, PairedFile> paths = new LinkedHashMap<>();
    system.pairs().forEach(pair -> paths.put(pair.name(), pair));
    List<FileWindows> references = new ArrayList<>();
    List<FileWindows> syntheses = new ArrayList<>();
    for (ScoredFile file : files) {
      PairedFile pair = Objects.requireNonNull(paths.get(file.name()));
      float[] reference = scorer.vectors(embedding, pair.reference(), file.referenceSha256());
      float[] synthesis = scorer.vectors(embedding, pair.synthesis(), file.synthesisSha256());
      references.add(new FileWindows(file.name(), reference, embedding.dimensions()));
      syntheses.add(new FileWindows(file.name(), synthesis, embedding.dimensions()));
    }
    try {
      FrechetScoring scoring =
          new FrechetScoring(embedding, references, plan.protocol().means(), SEED);
      definitions.put(Scores.EMBEDDING, scoring.definition());
      return scoring.score(syntheses);
    } catch (UndefinedScoreException e) {
      skipped.add(new SkippedScore(system.name(), "frechet", String.valueOf(e.getMessage())));
      return null;
    }
  }

  /** The recordings and tracks behind the result, for a report. */
  public ReportSources sources() {
    return new RunSources(plan.systems(), loader);
  }
}
