package org.vocalise.training.validate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.vocalise.dsp.audio.WavFormat;
import org.vocalise.dsp.audio.WavWriter;
import org.vocalise.dsp.io.AtomicFile;
import org.vocalise.dsp.io.InputException;
import org.vocalise.dsp.mel.MelFile;
import org.vocalise.dsp.mel.MelSource;
import org.vocalise.dsp.mel.MelSpec;
import org.vocalise.dsp.pitch.PitchTracker;
import org.vocalise.dsp.pitch.YinTracker;
import org.vocalise.eval.embedding.Embedding;
import org.vocalise.eval.embedding.Embeddings;
import org.vocalise.eval.metric.Metric;
import org.vocalise.eval.metric.StandardMetrics;
import org.vocalise.eval.result.SkippedScore;
import org.vocalise.eval.result.SystemScores;
import org.vocalise.eval.run.CleanProtocol;
import org.vocalise.eval.run.FeatureCache;
import org.vocalise.eval.run.Journal;
import org.vocalise.eval.run.PairedFile;
import org.vocalise.eval.run.ScoringListener;
import org.vocalise.eval.run.ScoringPlan;
import org.vocalise.eval.run.ScoringRun;
import org.vocalise.eval.run.SystemFiles;
import org.vocalise.inference.ModelStore;
import org.vocalise.inference.OnnxVocoder;
import org.vocalise.inference.PitchTrackers;

/**
 * Synthesises a run's validation clips with a snapshot, as WAV files of 16 bits, and scores these
 * by the protocol {@code clean}. Pitch tracks and vectors of the recordings are found once. Not
 * thread-safe.
 */
final class SnapshotScorer implements AutoCloseable {
  /** Clips of a snapshot that stay, to be heard. */
  static final int PLAYERS = 3;

  private static final ScoringListener SILENT =
      new ScoringListener() {
        @Override
        public void scored(String system, PairedFile pair, double seconds) {}

        @Override
        public void failed(String system, PairedFile pair, Throwable cause) {}
      };

  /**
   * What a snapshot came to.
   *
   * @param players stems of the clips that were kept
   */
  record Scored(String weightsSha256, SystemScores scores, List<String> players) {}

  private final ValidationSettings settings;
  private final Embedding embedding;
  private final Path folder;

  /**
   * Prepares.
   *
   * @throws InputException if the tracker or the embedding needs a model that is not there
   */
  SnapshotScorer(ValidationSettings settings) throws IOException {
    this.settings = settings;
    embedding = Embeddings.open(settings.embedding(), ModelStore.standard());
    folder = Files.createTempDirectory("vocalise-validation-");
  }

  /**
   * Scores a snapshot.
   *
   * @param kept folder of the clips to be heard
   * @throws UnfitSnapshotException if the snapshot can't be scored
   * @throws InputException if a clip is damaged
   */
  Scored score(long step, Path snapshot, ValidationClips clips, Path kept)
      throws UnfitSnapshotException, IOException, InterruptedException {
    Path made = Files.createDirectories(folder.resolve("step-" + step));
    try (OnnxVocoder vocoder = open(snapshot)) {
      MelSpec spec = vocoder.spec();
      List<PairedFile> pairs = new ArrayList<>();
      for (ValidationClips.Clip clip : clips.clips()) {
        Path wav = made.resolve(clip.stem() + ".wav");
        synthesise(vocoder, clip.mel(), wav);
        pairs.add(new PairedFile(clip.stem(), clip.wav(), wav));
      }
      SystemScores scores = score("step-" + step, pairs, spec);
      List<String> players = new ArrayList<>();
      for (PairedFile pair : pairs.subList(0, Math.min(PLAYERS, pairs.size()))) {
        copy(pair.synthesis(), kept.resolve(pair.name() + ".wav"));
        players.add(pair.name());
      }
      return new Scored(vocoder.metadata().weightsSha256(), scores, players);
    } finally {
      delete(made);
    }
  }

  private static OnnxVocoder open(Path snapshot) throws UnfitSnapshotException, IOException {
    try {
      return VerifiedModel.open(snapshot);
    } catch (InputException e) {
      throw new UnfitSnapshotException(e);
    }
  }

  private static void synthesise(OnnxVocoder vocoder, Path mel, Path wav)
      throws UnfitSnapshotException, IOException, InterruptedException {
    MelSpec spec = vocoder.spec();
    try (MelSource source = MelFile.open(mel, spec, spec.log());
        WavWriter writer = new WavWriter(wav, spec.sampleRate(), WavFormat.PCM16)) {
      try {
        vocoder.vocode(source, writer::write);
      } catch (InputException e) {
        throw new UnfitSnapshotException(e);
      }
    }
  }

  private SystemScores score(String name, List<PairedFile> pairs, MelSpec spec)
      throws IOException, InterruptedException {
    int rate = spec.sampleRate();
    List<Metric> metrics =
        StandardMetrics.of(spec).stream()
            .filter(metric -> BestRule.METRICS.contains(metric.key()))
            .toList();
    FeatureCache cache = new FeatureCache(folder.resolve("features"), warning -> {});
    try (PitchTracker tracker = tracker(settings.tracker(), rate)) {
      ScoringPlan plan =
          new ScoringPlan(
              new CleanProtocol(rate),
              metrics,
              tracker,
              embedding,
              List.of(new SystemFiles(name, pairs, List.of())),
              "validation");
      try (Journal journal = Journal.start(folder.resolve("journal.jsonl"), Map.of())) {
        return whole(
            new ScoringRun(plan, cache, journal, SILENT).execute(1).systems().get(0), pairs);
      }
    }
  }

  /** Means over other clips than those of other snapshots would not compare. */
  private static SystemScores whole(SystemScores scores, List<PairedFile> pairs)
      throws InputException {
    for (SkippedScore skipped : scores.skipped()) {
      if (skipped.metric().equals(SkippedScore.FILE)) {
        throw new InputException(
            pairs.get(0).reference().resolveSibling(skipped.name() + ".wav"), skipped.reason());
      }
    }
    return scores;
  }

  /** Means by the keys of the metrics, and the distance of the sets. */
  static Map<String, Double> means(SystemScores scores) {
    Map<String, Double> means = new LinkedHashMap<>();
    for (String key : BestRule.METRICS) {
      Double mean =
          key.equals("frechet")
              ? (scores.frechet() == null ? null : Double.valueOf(scores.frechet().value()))
              : scores.means().get(key);
      if (mean != null) {
        means.put(key, mean);
      }
    }
    return means;
  }

  /** YIN at the recordings' own rate, as scoring takes it; others by name. */
  private static PitchTracker tracker(String name, int rate) throws IOException {
    return name.equals(PitchTrackers.DEFAULT)
        ? new YinTracker(rate)
        : PitchTrackers.open(name, ModelStore.standard());
  }

  /**
   * Refuses a tracker or an embedding that can't be opened here.
   *
   * @throws IllegalArgumentException if there is none of that name
   * @throws InputException if its model is not there
   */
  static void check(ValidationSettings settings) throws IOException {
    PitchTrackers.open(settings.tracker(), ModelStore.standard()).close();
    Embeddings.open(settings.embedding(), ModelStore.standard()).close();
  }

  private static void copy(Path source, Path target) throws IOException {
    try (AtomicFile file = AtomicFile.create(target, true)) {
      Files.copy(source, file.temporary(), StandardCopyOption.REPLACE_EXISTING);
      file.commit();
    }
  }

  /** Removes a folder with all that is in it. */
  static void delete(Path tree) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(tree)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.deleteIfExists(file);
    }
  }

  @Override
  public void close() throws IOException {
    embedding.close();
    delete(folder);
  }
}
