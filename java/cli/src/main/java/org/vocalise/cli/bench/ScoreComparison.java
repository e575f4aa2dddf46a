package org.vocalise.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Scoring: whole commands, the metric alone, remembered references, CREPE and VGGish. */
public final class ScoreComparison {
  private static final int WARM_UPS = 3;

  private final ClipPairs pairs;
  private final int repeats;
  private final Report report;
  private final @Nullable Path python;
  private final Path temporary;

  /**
   * Compares on these pairs.
   *
   * @param python interpreter with the peers; null to measure ours alone
   * @param temporary folder for outputs
   */
  public ScoreComparison(
      ClipPairs pairs, int repeats, Report report, @Nullable Path python, Path temporary) {
    this.pairs = pairs;
    this.repeats = repeats;
    this.report = report;
    this.python = python;
    this.temporary = temporary;
  }

  /** M-STFT of all pairs as one command, start included: on one core, and on all. */
  public void wholeCommand() throws IOException, InterruptedException {
    String title =
        "M-STFT of %d pairs of %d s as one command"
            .formatted(pairs.names().size(), pairs.seconds());
    List<String> peer =
        python == null
            ? List.of()
            : Commands.scorePython(
                python,
                temporary,
                "whole",
                pairs.references().toString(),
                pairs.syntheses().toString());
    report.section("m_stft_one_core", title + ", one core, seconds of processor time");
    compare(
        Commands.onOneCore(score(pairs.syntheses(), "m_stft", "yin", "1", "--no-cache")),
        Commands.onOneCore(peer),
        true);
    report.section("m_stft_all_cores", title + ", all cores, seconds by the clock");
    String jobs = Integer.toString(Runtime.getRuntime().availableProcessors());
    compare(score(pairs.syntheses(), "m_stft", "yin", jobs, "--no-cache"), peer, false);
  }

  private void compare(List<String> ours, List<String> peer, boolean processorTime)
      throws IOException, InterruptedException {
    Map<String, String> environment = processorTime ? Commands.ONE_THREAD : Map.of();
    Series own = new Series();
    Series theirs = new Series();
    for (int repeat = -1; repeat < repeats; repeat++) {
      CommandRun run = CommandRun.of(ours, temporary, environment);
      CommandRun other = python == null ? run : CommandRun.of(peer, temporary, environment);
      if (repeat >= 0) {
        own.add(processorTime ? run.cpu() : run.wall());
        theirs.add(processorTime ? other.cpu() : other.wall());
      }
    }
    report.figure("ours", own);
    if (python != null) {
      report.figure("auraloss", theirs);
      report.figure("auraloss / ours", theirs.over(own));
    }
  }

  /** M-STFT of a warm process on one core. */
  public void steadyState() throws IOException {
    report.section("m_stft_warm", "M-STFT, warm, one core, seconds per minute of audio");
    Series own = new Series();
    Series theirs = new Series();
    List<String> command = Commands.onOneCore(Commands.ofClass(ScoreWorker.class));
    try (Worker ours = new Worker("ours", command);
        Worker peer = peer(ours)) {
      for (int repeat = -WARM_UPS; repeat < repeats; repeat++) {
        double time = allPairs(ours);
        double other = python == null ? time : allPairs(peer);
        if (repeat >= 0) {
          own.add(time);
          theirs.add(other);
        }
      }
    }
    report.figure("ours", own);
    if (python != null) {
      report.figure("auraloss", theirs);
      report.figure("auraloss / ours", theirs.over(own));
    }
  }

  /** The peers' worker; without one, a second of ours that is never asked. */
  private Worker peer(Worker ours) throws IOException {
    List<String> command =
        python == null
            ? Commands.ofClass(ScoreWorker.class)
            : Commands.onOneCore(Commands.scorePython(python, temporary, "worker"));
    return new Worker(python == null ? ours.name() : "peers", command);
  }

  private double allPairs(Worker worker) throws IOException {
    double seconds = 0;
    for (String name : pairs.names()) {
      Path reference = pairs.references().resolve(name);
      Path synthesis = pairs.syntheses().resolve(name);
      seconds += worker.ask("m_stft", reference.toString(), synthesis.toString()).cpu();
    }
    return seconds / (pairs.names().size() * pairs.seconds() / 60.0);
  }

  /** F0 scores of a system where another of the same references was scored before. */
  public void rememberedReferences(String tracker) throws IOException, InterruptedException {
    report.section(
        "remembered_" + tracker, "F0 by " + tracker + " as one command, seconds of processor time");
    Series first = new Series();
    Series second = new Series();
    for (int repeat = 0; repeat < repeats; repeat++) {
      Path cache = Files.createTempDirectory(temporary, "cache-");
      String folder = "--cache=" + cache;
      List<String> one = score(pairs.syntheses(), "log2f0_mean", tracker, "1", folder);
      List<String> other = score(pairs.others(), "log2f0_mean", tracker, "1", folder);
      first.add(CommandRun.of(one, temporary, Map.of()).cpu());
      second.add(CommandRun.of(other, temporary, Map.of()).cpu());
    }
    report.figure("first system", first);
    report.figure("second, references remembered", second);
    report.figure("first / second", first.over(second));
  }

  /**
   * CREPE on one file and one core, from samples at 16 kHz to frequencies.
   *
   * @param capacity as torchcrepe names it
   */
  public void crepe(Path model, String capacity) throws IOException {
    report.section("crepe", "CREPE " + capacity + ", one core, seconds per minute of audio");
    Series viterbi = network("crepe", model, capacity, "torchcrepe");
    report.figure("share of Viterbi decoding, by the clock", viterbi);
  }

  /** VGGish on one file and one core, from samples at 16 kHz to vectors. */
  public void vggish(Path model) throws IOException {
    report.section("vggish", "VGGish, one core, seconds per minute of audio");
    network("vggish", model, "", "torchvggish's network in PyTorch");
  }

  /**
   * A network on the first clip, both sides in turns.
   *
   * @param peerModel what the peer calls the model
   * @return the values that our side answered
   */
  private Series network(String method, Path model, String peerModel, String peerName)
      throws IOException {
    Series own = new Series();
    Series theirs = new Series();
    Series values = new Series();
    String clip = pairs.references().resolve(pairs.names().get(0)).toString();
    double minutes = pairs.seconds() / 60.0;
    List<String> command = Commands.onOneCore(Commands.ofClass(ScoreWorker.class));
    try (Worker ours = new Worker("ours", command);
        Worker peer = peer(ours)) {
      for (int repeat = -1; repeat < repeats; repeat++) {
        Worker.Answer answer = ours.ask(method, model.toString(), clip);
        double other = python == null ? 0 : peer.ask(method, peerModel, clip).cpu();
        if (repeat >= 0) {
          own.add(answer.cpu() / minutes);
          values.add(answer.value());
          theirs.add(other / minutes);
        }
      }
    }
    report.figure("ours", own);
    if (python != null) {
      report.figure(peerName, theirs);
      report.figure(peerName + " / ours", theirs.over(own));
    }
    return values;
  }

  private List<String> score(
      Path syntheses, String metric, String tracker, String jobs, String cache) {
    List<String> arguments =
        new ArrayList<>(List.of("score", "--reference", pairs.references().toString()));
    arguments.addAll(List.of("--synth", syntheses.toString(), "--metrics", metric));
    arguments.addAll(
        List.of("--tracker", tracker, "--embedding", "none", "--no-report", "--quiet"));
    arguments.addAll(List.of("--jobs", jobs, "-o", temporary.resolve("scores").toString()));
    arguments.addAll(List.of("--overwrite", cache));
    return Commands.vocalise(arguments.toArray(String[]::new));
  }
}
