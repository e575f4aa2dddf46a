package org.vocalise.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vocalise.cli.batch.Console;
import org.vocalise.cli.batch.Platform;
import org.vocalise.cli.batch.Run;
import org.vocalise.cli.batch.UsageException;
import org.vocalise.dsp.mel.MelSpec;
import org.vocalise.dsp.pitch.PitchTracker;
import org.vocalise.dsp.pitch.YinTracker;
import org.vocalise.eval.embedding.Embedding;
import org.vocalise.eval.embedding.Embeddings;
import org.vocalise.eval.metric.Metric;
import org.vocalise.eval.metric.StandardMetrics;
import org.vocalise.eval.report.ReportInfo;
import org.vocalise.eval.run.CleanProtocol;
import org.vocalise.eval.run.NtuProtocol;
import org.vocalise.eval.run.Protocol;
import org.vocalise.eval.run.ScoringPlan;
import org.vocalise.eval.run.SystemFiles;
import org.vocalise.inference.ModelStore;
import org.vocalise.inference.PitchTrackers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vocalise score}. */
@Command(
    name = "score",
    description = {
      "Grade synthesised singing against recordings.",
      "Writes scores.json, scores.csv and report.html. A synthesised file belongs to the reference"
          + " of equal path; or Singer#Song_0004.wav to Singer#Song/0004.wav, parted at the last"
          + " underscore; or to the one whose name without folders is equal."
    },
    footer = {
      "",
      "Examples:",
      "  vocalise score --reference recordings --synth wavs -o scores",
      "  vocalise score --reference recordings --synth griffin-lim hifi-gan -o scores --jobs 4",
      "  vocalise score --reference gt --synth out -o scores --protocol ntu --tracker crepe-medium"
          + " --embedding vggish"
    })
final class ScoreCommand implements Callable<Integer> {
  private static final String NONE = "none";
  private static final String YIN = "yin";

  /** How recordings are prepared. */
  enum ProtocolName {
    CLEAN,
    NTU
  }

  @Option(
      names = "--reference",
      required = true,
      paramLabel = "DIR",
      description = "Folder of the recordings; or one recording, where --synth is one file.")
  private Path reference = Path.of("");

  @Option(
      names = "--synth",
      required = true,
      arity = "1..*",
      paramLabel = "DIR",
      description = "Folders of synthesised files, one for each system.")
  private List<Path> syntheses = List.of();

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "OUT",
      description = "Folder of the reports.")
  private Path target = Path.of("");

  @Option(
      names = "--protocol",
      paramLabel = "NAME",
      description =
          "How recordings are prepared: clean (default), or ntu, which repeats the homework's"
              + " script and writes its score_MODEL.txt as well.")
  private ProtocolName protocol = ProtocolName.CLEAN;

  @Option(
      names = "--tracker",
      paramLabel = "NAME",
      description = "Pitch tracker: yin (default), crepe-tiny to crepe-full, or others at hand.")
  private String tracker = YIN;

  @Option(
      names = "--embedding",
      paramLabel = "NAME",
      description =
          "Of the Frechet distance: log-mel (default), vggish, efficientat-mn04, or none.")
  private String embedding = "log-mel";

  @Option(
      names = "--metrics",
      split = ",",
      paramLabel = "KEY",
      description =
          "Metrics by their keys, for instance m_stft,log2f0_mean; default: all but the terms of"
              + " m_stft and the ratios of waveforms, which are made on request.")
  private List<String> keys = List.of();

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description =
          "Mel spec of the vocoders: its sample rate and fmax are those of the comparison; ntu"
              + " (default), hifigan, vocos24k.")
  private MelPreset preset = MelPreset.NTU;

  @Option(
      names = "--pairs",
      paramLabel = "FILE",
      description =
          "Table of pairs: a line each, the reference's path in its folder, a tab, the synthesised"
              + " file's.")
  private @Nullable Path table;

  @Option(
      names = "--allow-missing",
      description = "Score what has a partner and list the rest; else it is refused.")
  private boolean allowMissing;

  @Option(names = "--no-report", description = "Leave out report.html.")
  private boolean noReport;

  @Option(
      names = "--report-info",
      paramLabel = "YAML",
      description =
          "What a student adds to report.html for the slides that a browser prints: name and"
              + " student_id, and where wanted title, course, date, method, results, findings.")
  private @Nullable Path infoFile;

  @Option(
      names = "--cache",
      paramLabel = "DIR",
      description =
          "Where pitch tracks and embeddings are remembered by the files' content; default: the"
              + " user's cache folder.")
  private @Nullable Path cache;

  @Option(names = "--no-cache", description = "Remember nothing beyond this run.")
  private boolean noCache;

  @Mixin private final BatchOptions batch = new BatchOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (noCache && cache != null) {
      throw new UsageException("--cache and --no-cache exclude each other");
    }
    if (noReport && infoFile != null) {
      throw new UsageException("--report-info and --no-report exclude each other");
    }
    ReportInfo info = infoFile == null ? ReportInfo.NONE : ReportInfoYaml.read(infoFile);
    Console console = output.console();
    Run.Options options = batch.options(output);
    Protocol prepared = protocol();
    List<Metric> metrics = metrics();
    ScoreOutputs outputs = new ScoreOutputs(target, options.overwrite(), options.resume());
    outputs.refuseExisting();
    List<SystemFiles> systems =
        new ScorePairs(reference, table, target, allowMissing, console).of(syntheses);
    prepared
        .otherThanNamed(tracker, embedding)
        .forEach(
            (key, words) -> console.warning("score_MODEL.txt: %s is %s".formatted(key, words)));
    ModelStore models = ModelStore.standard();
    try (PitchTracker opened = tracker(models);
        Embedding windows = embedding(models)) {
      ScoringPlan plan =
          new ScoringPlan(prepared, metrics, opened, windows, systems, Platform.vocalise());
      ScoreCache remembered = new ScoreCache(noCache ? null : cache, noCache, target);
      return new ScoreRun(
              plan, outputs, remembered, noReport ? null : info, console, output.debug())
          .execute(options.jobs());
    }
  }

  private PitchTracker tracker(ModelStore models) throws IOException {
    if (tracker.equals(YIN)) {
      return new YinTracker(preset.spec().sampleRate());
    }
    try {
      return PitchTrackers.open(tracker, models);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--tracker: " + e.getMessage());
    }
  }

  private @Nullable Embedding embedding(ModelStore models) throws IOException {
    try {
      return embedding.equals(NONE) ? null : Embeddings.open(embedding, models);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--embedding: " + e.getMessage());
    }
  }

  private Protocol protocol() {
    MelSpec spec = preset.spec();
    if (protocol == ProtocolName.CLEAN) {
      return new CleanProtocol(spec.sampleRate());
    }
    if (preset != MelPreset.NTU) {
      throw new UsageException("--protocol ntu compares at 22050 Hz: leave out --preset");
    }
    return new NtuProtocol();
  }

  private List<Metric> metrics() {
    if (keys.isEmpty()) {
      return StandardMetrics.of(preset.spec());
    }
    List<Metric> all = new ArrayList<>(StandardMetrics.of(preset.spec(), true));
    all.addAll(StandardMetrics.waveform());
    Set<String> unknown = new TreeSet<>(keys);
    all.forEach(metric -> unknown.remove(metric.key()));
    if (!unknown.isEmpty()) {
      String known = all.stream().map(Metric::key).collect(Collectors.joining(", "));
      throw new UsageException(
          "--metrics: no metric is named '%s'; there are %s"
              .formatted(String.join(", ", unknown), known));
    }
    return all.stream().filter(metric -> keys.contains(metric.key())).toList();
  }
}
