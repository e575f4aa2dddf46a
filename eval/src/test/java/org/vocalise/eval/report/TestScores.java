package org.vocalise.eval.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.audio.WavFormat;
import org.vocalise.dsp.audio.WavWriter;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.pitch.PitchTrack;
import org.vocalise.dsp.synth.SungPhrase;
import org.vocalise.eval.result.FileScores;
import org.vocalise.eval.result.FrechetScore;
import org.vocalise.eval.result.Interval;
import org.vocalise.eval.result.Scores;
import org.vocalise.eval.result.SkippedScore;
import org.vocalise.eval.result.SystemScores;
import org.vocalise.eval.run.PairedFile;
import org.vocalise.eval.statistics.Bootstrap;

/** Results of a run that never was, with a sung phrase behind every file. */
final class TestScores {
  static final String EVIL = "<b>Al&to</b>\"'-1#新\uD83C\uDFB6\u202E/0004";

  private static final Map<String, Double> LEVELS = new LinkedHashMap<>();

  static {
    LEVELS.put("m_stft", 0.8);
    LEVELS.put("mel_l1", 0.2);
    LEVELS.put("log2f0_mean", 0.17);
    LEVELS.put("f0_mae_cents", 17.0);
    LEVELS.put("f0_off_50_cents", 0.008);
    LEVELS.put("vuv_f1", 0.96);
    LEVELS.put("si_sdr", 4.0);
  }

  private TestScores() {}

  /** Scores of systems, each a little worse than the one before. */
  static Scores of(int files, String... systems) {
    List<SystemScores> all = new ArrayList<>();
    for (int i = 0; i < systems.length; i++) {
      all.add(system(systems[i], i, files));
    }
    Map<String, Map<String, Object>> definitions = new LinkedHashMap<>();
    LEVELS.keySet().forEach(key -> definitions.put(key, Map.of("sizes", List.of(512, 1024, 2048))));
    definitions.put("tracker", Map.of("name", "yin"));
    definitions.put("embedding", Map.of("name", "log-mel", "window", Map.of("seconds", 0.96)));
    return new Scores(1, "clean", definitions, Map.of("vocalise", "0.1.0"), all);
  }

  private static SystemScores system(String name, int place, int count) {
    Random random = new Random(place);
    List<FileScores> files = new ArrayList<>();
    Map<String, Double> contributions = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String file = i == 0 ? EVIL : String.format("Alto-%d#song/%04d", i % 4, i);
      Map<String, Double> scores = new LinkedHashMap<>();
      double difficulty = new Random(i).nextGaussian();
      for (Map.Entry<String, Double> level : LEVELS.entrySet()) {
        double worse = 1 + 0.1 * place + 0.1 * difficulty + 0.05 * random.nextGaussian();
        scores.put(level.getKey(), level.getValue() * worse);
      }
      if (i == 2) {
        scores.remove("log2f0_mean");
      }
      List<String> flags =
          i == 1 ? List.of("shifted by 128 samples", "clips: <3 samples>") : List.of();
      files.add(new FileScores(file, "ref/" + file, "synth/" + file, scores, flags));
      contributions.put(file, 0.01 * random.nextGaussian());
    }
    Map<String, Double> means = new LinkedHashMap<>();
    Map<String, Interval> intervals = new LinkedHashMap<>();
    for (String key : LEVELS.keySet()) {
      double[] values =
          files.stream()
              .filter(file -> file.scores().containsKey(key))
              .mapToDouble(file -> file.scores().get(key))
              .toArray();
      double sum = 0;
      for (double value : values) {
        sum += value;
      }
      if (values.length > 0) {
        means.put(key, sum / values.length);
        Interval interval = Bootstrap.meanInterval(values);
        if (interval != null) {
          intervals.put(key, interval);
        }
      }
    }
    FrechetScore frechet =
        new FrechetScore(
            "log-mel",
            null,
            3.25 + place,
            null,
            null,
            120,
            130,
            contributions,
            List.of("120 windows are few: the noise floor is 1.2"));
    SkippedScore skipped =
        new SkippedScore("Alto-2#song/0002", "log2f0_mean", "no frame of the reference is voiced");
    return new SystemScores(
        name, files, means, intervals, frechet, count > 2 ? List.of(skipped) : List.of());
  }

  /** Recordings in a folder: the same phrase for all, softer in later systems. */
  static ReportSources sources(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path reference = folder.resolve("reference.wav");
    Path synthesis = folder.resolve("synthesis.wav");
    write(reference, SungPhrase.sing(24_000), 1);
    write(synthesis, SungPhrase.sing(22_050), 0.5f);
    return new ReportSources() {
      @Override
      public PairedFile files(String system, String file) {
        return new PairedFile(file, reference, synthesis);
      }

      @Override
      public @Nullable PitchTrack referenceTrack(String system, String file) {
        return track(0);
      }

      @Override
      public @Nullable PitchTrack synthesisTrack(String system, String file) {
        return track(0.2);
      }
    };
  }

  private static void write(Path file, Waveform waveform, float gain) throws IOException {
    float[] samples = waveform.samples();
    for (int i = 0; i < samples.length; i++) {
      samples[i] *= gain;
    }
    try (WavWriter writer = new WavWriter(file, waveform.sampleRate(), WavFormat.PCM16)) {
      writer.write(samples, 0, samples.length);
    }
  }

  private static PitchTrack track(double detune) {
    int frames = 480;
    double[] hz = new double[frames];
    double[] confidence = new double[frames];
    for (int i = 0; i < frames; i++) {
      boolean sung = i % 120 > 20;
      double semitones = 4 * (i / 120) + 0.4 * Math.sin(i * 0.35) + detune;
      hz[i] = sung ? 220 * Math.pow(2, semitones / 12) : 0;
      confidence[i] = sung ? 0.9 : 0.1;
    }
    return new PitchTrack(hz, confidence, 0.01);
  }
}
