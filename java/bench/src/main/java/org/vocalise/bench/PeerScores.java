package org.vocalise.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.audio.AudioFiles;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.pitch.PitchTrack;
import org.vocalise.eval.metric.Metric;
import org.vocalise.eval.metric.MultiResolutionStft;
import org.vocalise.eval.metric.MultiScaleSpectra;
import org.vocalise.eval.metric.Pair;
import org.vocalise.eval.metric.UndefinedScoreException;
import org.vocalise.eval.metric.WaveformRatios;
import org.vocalise.eval.separation.BssEval;
import org.vocalise.eval.separation.BssOptions;
import org.vocalise.eval.separation.BssScores;
import org.vocalise.eval.separation.SourceScore;
import org.vocalise.eval.separation.Track;

/**
 * Answers the script that compares our scores with those of the peers' packages: reads a request a
 * line, tab-separated, and writes an answer a line.
 *
 * <ul>
 *   <li>{@code pair REFERENCE SYNTHESIS}: {@code key=value} of the metrics that a peer has
 *   <li>{@code bss NAME REFERENCE... ESTIMATE...}: a window a field, {@code sdr,isr,sir,sar} of
 *       each source joined by {@code ;}
 *   <li>{@code time REFERENCE SYNTHESIS}: CPU seconds of one M-STFT
 * </ul>
 */
public final class PeerScores {
  private PeerScores() {}

  /** Answers until the input ends. */
  public static void main(String[] args) throws IOException, InterruptedException {
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      System.out.println(answer(Arrays.asList(line.split("\t", -1))));
    }
  }

  private static String answer(List<String> request) throws IOException, InterruptedException {
    return switch (request.get(0)) {
      case "pair" -> scores(pair(request.get(1), request.get(2)));
      case "bss" -> separation(request.get(1), request.subList(2, request.size()));
      case "time" -> seconds(pair(request.get(1), request.get(2)));
      default -> throw new IllegalArgumentException("no request: " + request);
    };
  }

  private static String scores(Pair pair) throws IOException, InterruptedException {
    int rate = pair.reference().sampleRate();
    List<Metric> metrics =
        List.of(
            new MultiResolutionStft(rate, 8000).metric(),
            MultiScaleSpectra.metric(rate),
            WaveformRatios.siSdr());
    List<String> fields = new ArrayList<>();
    for (Metric metric : metrics) {
      try {
        fields.add(metric.key() + "=" + metric.score(pair));
      } catch (UndefinedScoreException e) {
        fields.add(metric.key() + "=nan");
      }
    }
    return String.join("\t", fields);
  }

  private static String separation(String name, List<String> files)
      throws IOException, InterruptedException {
    BssOptions options =
        switch (name) {
          case "sources" -> BssOptions.SOURCES_V3;
          case "images" -> BssOptions.IMAGES_V3;
          case "museval_v4" -> BssOptions.MUSEVAL_V4;
          case "museval_v3" -> BssOptions.MUSEVAL_V3;
          default -> throw new IllegalArgumentException("no BSS Eval: " + name);
        };
    List<Track> tracks = files.stream().map(file -> Track.of(Path.of(file))).toList();
    int sources = tracks.size() / 2;
    BssScores scores =
        new BssEval(options)
            .score(tracks.subList(0, sources), tracks.subList(sources, tracks.size()));
    return scores.windows().stream().map(PeerScores::window).collect(Collectors.joining("\t"));
  }

  private static String window(@Nullable List<SourceScore> window) {
    if (window == null) {
      return "silent";
    }
    return window.stream()
        .map(s -> s.sdr() + "," + s.isr() + "," + s.sir() + "," + s.sar())
        .collect(Collectors.joining(";"));
  }

  private static String seconds(Pair pair) throws IOException, InterruptedException {
    Metric metric = new MultiResolutionStft(pair.reference().sampleRate(), 8000).metric();
    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    try {
      double score = metric.score(pair);
      long after = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      return String.format(Locale.ROOT, "%.6f\t%.12f", (after - before) * 1e-9, score);
    } catch (UndefinedScoreException e) {
      throw new IllegalArgumentException("no score to be timed", e);
    }
  }

  private static Pair pair(String reference, String synthesis) throws IOException {
    Waveform truth = AudioFiles.read(Path.of(reference));
    Waveform made = AudioFiles.read(Path.of(synthesis));
    int length = Math.max(truth.samples().length, made.samples().length);
    Waveform first = new Waveform(Arrays.copyOf(truth.samples(), length), truth.sampleRate());
    Waveform second = new Waveform(Arrays.copyOf(made.samples(), length), made.sampleRate());
    return new Pair(reference, first, second, PeerScores::noTrack, PeerScores::noTrack);
  }

  private static PitchTrack noTrack() {
    throw new IllegalStateException("no pitch is asked for");
  }
}
