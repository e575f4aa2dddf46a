package org.vocalise.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Griffin-Lim from true magnitudes, 1024 samples with a hop of 256 and momentum 0.99, warm and in
 * turns: ours, each peer, ours again.
 */
public final class GriffinLimComparison {
  private static final int ITERATIONS = 32;
  private static final int WARM_UPS = 3;

  private final Clips clips;
  private final int repeats;
  private final Report report;

  /** Compares on these clips. */
  public GriffinLimComparison(Clips clips, int repeats, Report report) {
    this.clips = clips;
    this.repeats = repeats;
    this.report = report;
  }

  /**
   * At equal iterations, and to the convergence that librosa reaches.
   *
   * @param python interpreter with the peers; null to measure ours alone
   * @param temporary folder for the peers' script
   */
  public void onOneCore(@Nullable Path python, Path temporary) throws IOException {
    Map<String, Series> cpu = new LinkedHashMap<>();
    Map<String, Series> quality = new LinkedHashMap<>();
    Series reach = new Series();
    Series needed = new Series();
    List<String> own = Commands.onOneCore(Commands.ofClass(GriffinLimWorker.class));
    List<Worker> peers = new ArrayList<>();
    try (Worker ours = new Worker("ours", own)) {
      if (python != null) {
        List<String> command = Commands.onOneCore(Commands.python(python, temporary, "worker"));
        peers.add(new Worker("librosa", command));
        peers.add(new Worker("torchaudio", command));
      }
      warmUp(ours, peers);
      for (int repeat = 0; repeat < repeats; repeat++) {
        measure(ours, "griffinlim", cpu, quality);
        double target = Double.NaN;
        for (Worker peer : peers) {
          double convergence = measure(peer, peer.name(), cpu, quality);
          target = peer.name().equals("librosa") ? convergence : target;
        }
        if (!peers.isEmpty()) {
          reach.add(reach(ours, target, needed));
        }
      }
    } finally {
      for (Worker peer : peers) {
        peer.close();
      }
    }
    print(cpu, quality, reach, needed);
  }

  /** Several clips on one thread and on two. */
  public void onTwoThreads() throws IOException {
    List<String> request = new ArrayList<>(List.of("batch", "1", Integer.toString(ITERATIONS)));
    for (int i = 0; i < 8; i++) {
      request.add(clips.files().get(i % clips.files().size()).toString());
    }
    Series one = new Series();
    Series two = new Series();
    try (Worker ours = new Worker("ours", Commands.ofClass(GriffinLimWorker.class))) {
      String[] words = request.toArray(String[]::new);
      for (int repeat = -1; repeat < repeats; repeat++) {
        words[1] = "1";
        double single = ours.ask(words).wall();
        words[1] = "2";
        double twin = ours.ask(words).wall();
        if (repeat >= 0) {
          one.add(single);
          two.add(twin);
        }
      }
    }
    report.section("threads", "Griffin-Lim on 8 clips, " + ITERATIONS + " iterations, seconds");
    report.figure("one thread", one);
    report.figure("two threads", two);
    report.figure("one / two", one.over(two));
  }

  private void warmUp(Worker ours, List<Worker> peers) throws IOException {
    String clip = clips.files().get(0).toString();
    for (int i = 0; i < WARM_UPS; i++) {
      ours.ask("griffinlim", clip, Integer.toString(ITERATIONS));
      ours.ask("reach", clip, "0.1");
    }
    for (Worker peer : peers) {
      peer.ask(peer.name(), clip, Integer.toString(ITERATIONS));
    }
  }

  /** Measures one side on all clips; returns the mean spectral convergence. */
  private double measure(
      Worker worker, String method, Map<String, Series> cpu, Map<String, Series> quality)
      throws IOException {
    double seconds = 0;
    double convergence = 0;
    for (Path clip : clips.files()) {
      Worker.Answer answer = worker.ask(method, clip.toString(), Integer.toString(ITERATIONS));
      seconds += answer.cpu();
      convergence += answer.value();
    }
    int count = clips.files().size();
    cpu.computeIfAbsent(worker.name(), name -> new Series()).add(seconds / (count * Clips.SECONDS));
    quality
        .computeIfAbsent(worker.name(), name -> new Series())
        .add(20 * Math.log10(convergence / count));
    return convergence / count;
  }

  private double reach(Worker ours, double target, Series needed) throws IOException {
    double seconds = 0;
    double iterations = 0;
    for (Path clip : clips.files()) {
      Worker.Answer answer = ours.ask("reach", clip.toString(), Double.toString(target));
      seconds += answer.cpu();
      iterations += answer.value();
    }
    int count = clips.files().size();
    needed.add(iterations / count);
    return seconds / (count * Clips.SECONDS);
  }

  private void print(
      Map<String, Series> cpu, Map<String, Series> quality, Series reach, Series needed) {
    report.section(
        "griffin_lim",
        "Griffin-Lim, "
            + ITERATIONS
            + " iterations, seconds of processor time per second of audio");
    cpu.forEach(report::figure);
    Series ours = cpu.getOrDefault("ours", new Series());
    cpu.forEach(
        (name, series) -> {
          if (!name.equals("ours")) {
            report.figure(name + " / ours", series.over(ours));
          }
        });
    quality.forEach((name, series) -> report.figure(name + ", convergence in dB", series));
    Series librosa = cpu.get("librosa");
    if (librosa != null) {
      report.section("convergence", "To the spectral convergence of librosa's " + ITERATIONS);
      report.figure("ours, seconds per second", reach);
      report.figure("our iterations, from phase gradients", needed);
      report.figure("librosa / ours", librosa.over(reach));
    }
  }
}
