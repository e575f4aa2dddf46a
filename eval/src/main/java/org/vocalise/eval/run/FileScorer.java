package org.vocalise.eval.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.vocalise.dsp.io.Sha256;
import org.vocalise.eval.embedding.Embedding;
import org.vocalise.eval.metric.Metric;
import org.vocalise.eval.metric.UndefinedScoreException;
import org.vocalise.eval.result.FileScores;
import org.vocalise.eval.result.SkippedScore;

/** Scores single pairs. Thread-safe. */
final class FileScorer {
  /**
   * What became of a pair.
   *
   * @param seconds of audio that was worked through
   */
  record Outcome(ScoredFile scored, double seconds) {}

  private final ScoringPlan plan;
  private final PairLoader loader;
  private final Features features;
  private final Journal journal;

  /** Vectors of files, by their content: 128 numbers for a second of audio, and no more. */
  private final Map<String, float[]> vectors = new ConcurrentHashMap<>();

  FileScorer(ScoringPlan plan, PairLoader loader, Features features, Journal journal) {
    this.plan = plan;
    this.loader = loader;
    this.features = features;
    this.journal = journal;
  }

  /** The scores of a pair, those of an earlier run where its files are unchanged. */
  Outcome score(String system, PairedFile files) throws IOException, InterruptedException {
    ScoredFile earlier = journal.earlier(system, files.name());
    if (earlier != null
        && Sha256.of(files.reference()).equals(earlier.referenceSha256())
        && Sha256.of(files.synthesis()).equals(earlier.synthesisSha256())) {
      return new Outcome(earlier, 0);
    }
    LoadedPair loaded = loader.load(files);
    Map<String, Double> scores = new LinkedHashMap<>();
    List<SkippedScore> skipped = new ArrayList<>();
    for (Metric metric : plan.metrics()) {
      try {
        scores.put(metric.key(), metric.score(loaded.pair()));
      } catch (UndefinedScoreException e) {
        skipped.add(new SkippedScore(files.name(), metric.key(), String.valueOf(e.getMessage())));
      }
    }
    Embedding embedding = plan.embedding();
    if (embedding != null) {
      vectors(embedding, loaded.reference());
      vectors(embedding, loaded.synthesis());
    }
    FileScores file =
        new FileScores(
            files.name(),
            files.reference().toString(),
            files.synthesis().toString(),
            scores,
            Mistakes.of(loaded, scores));
    ScoredFile scored =
        new ScoredFile(
            system, loaded.reference().sha256(), loaded.synthesis().sha256(), file, skipped);
    return new Outcome(scored, loaded.pair().reference().seconds());
  }

  /** The vectors of a file that {@link #score} has seen, or that an earlier run has. */
  float[] vectors(Embedding embedding, Path file, String sha256)
      throws IOException, InterruptedException {
    float[] known = vectors.get(sha256);
    return known != null ? known : vectors(embedding, loader.read(file));
  }

  private float[] vectors(Embedding embedding, Recording recording)
      throws IOException, InterruptedException {
    float[] known = vectors.get(recording.sha256());
    if (known == null) {
      known = features.vectors(embedding, recording);
      vectors.put(recording.sha256(), known);
    }
    return known;
  }
}
