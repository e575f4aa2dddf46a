package org.vocalise.eval.separation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vocalise.dsp.audio.AudioFiles;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.io.InputException;
import org.vocalise.eval.TestSignals;
import org.vocalise.eval.metric.GoldenPairs;
import org.vocalise.eval.metric.Pair;
import org.vocalise.eval.metric.WaveformRatios;

class BssEvalTest {
  private static final double DECIBELS = 1e-6;

  /** Values of mir_eval for the signals of {@link #synthetic}. */
  @Test
  void agreesWithMirEvalOnSyntheticSignals() throws Exception {
    List<Track> references = synthetic(false);
    List<Track> estimates = synthetic(true);
    BssScores sources = new BssEval(BssOptions.SOURCES_V3).score(references, estimates);
    assertScores(sources, 0, 22.99782987, Double.NaN, 25.1719645, 27.05780069, 1e-4);
    assertScores(sources, 1, 16.80351293, Double.NaN, 17.96736725, 23.16011127, 1e-4);
    BssScores images = new BssEval(BssOptions.IMAGES_V3).score(references, estimates);
    assertEquals(10.169152941598798, window(images, 0).get(0).sdr(), 1e-4);
    assertEquals(15.643721608218806, window(images, 0).get(1).sdr(), 1e-4);
    assertEquals(10.316240953222112, window(images, 0).get(0).isr(), 1e-4);
    assertEquals(19.858385357668315, window(images, 0).get(1).isr(), 1e-4);
  }

  @ParameterizedTest
  @CsvSource({
    "s1, mir_eval_bss_eval_sources, SOURCES",
    "s2, mir_eval_bss_eval_sources, SOURCES",
    "s1, mir_eval_bss_eval_images, IMAGES",
    "s2, mir_eval_bss_eval_images, IMAGES",
  })
  void agreesWithMirEvalOnStems(String id, String run, BssOptions.Criterion criterion)
      throws Exception {
    JsonNode golden = golden(id).get(run);
    BssOptions options =
        criterion == BssOptions.Criterion.SOURCES ? BssOptions.SOURCES_V3 : BssOptions.IMAGES_V3;
    BssScores scores = new BssEval(options).score(files(id, "ref"), files(id, "est"));
    for (int j = 0; j < 2; j++) {
      double isr = golden.has("isr") ? golden.get("isr").get(j).asDouble() : Double.NaN;
      assertScores(
          scores,
          j,
          value(golden, "sdr", j),
          isr,
          value(golden, "sir", j),
          value(golden, "sar", j),
          DECIBELS);
    }
    assertEquals(List.of(0, 1), scores.assignments().get(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"s1", "s2"})
  void scaleInvariantAndGlobalRatiosAgreeWithAuraloss(String id) throws Exception {
    String[] names = {"vocals", "accompaniment"};
    for (int j = 0; j < 2; j++) {
      Waveform reference = AudioFiles.read(GoldenPairs.file(id + "_ref_" + names[j] + ".wav"));
      Waveform estimate = AudioFiles.read(GoldenPairs.file(id + "_est_" + names[j] + ".wav"));
      Pair pair = GoldenPairs.pair(estimate.samples(), reference.samples());
      double siSdr = golden(id).get("si_sdr_auraloss_float64").get(j).asDouble();
      assertEquals(siSdr, WaveformRatios.siSdr().score(pair), 1e-9);
      double snr = golden(id).get("snr_auraloss_float64").get(j).asDouble();
      assertEquals(snr, WaveformRatios.global().score(pair), 1e-4);
    }
  }

  @Test
  void findsThePermutation() throws Exception {
    List<Track> swapped = new ArrayList<>(files("s1", "est"));
    Collections.reverse(swapped);
    BssScores scores = new BssEval(BssOptions.SOURCES_V3).score(files("s1", "ref"), swapped);
    assertEquals(List.of(1, 0), scores.assignments().get(0));
    JsonNode golden = golden("s1").get("mir_eval_bss_eval_sources_permuted_input");
    assertEquals(value(golden, "sdr", 0), window(scores, 0).get(0).sdr(), DECIBELS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"s1", "s2"})
  void agreesWithMusevalInWindows(String id) throws Exception {
    JsonNode golden = golden(id);
    for (String version : new String[] {"v4", "v3"}) {
      BssOptions options = version.equals("v4") ? BssOptions.MUSEVAL_V4 : BssOptions.MUSEVAL_V3;
      JsonNode run = golden.get("museval_" + version + "_1s_1s");
      BssScores scores = new BssEval(options).score(files(id, "ref"), files(id, "est"));
      assertEquals(run.get("sdr").get(0).size(), scores.windows().size());
      for (int j = 0; j < 2; j++) {
        for (int w = 0; w < scores.windows().size(); w++) {
          SourceScore score = window(scores, w).get(j);
          assertEquals(run.get("sdr").get(j).get(w).asDouble(), score.sdr(), DECIBELS, version);
          assertEquals(run.get("isr").get(j).get(w).asDouble(), score.isr(), DECIBELS, version);
          assertEquals(run.get("sir").get(j).get(w).asDouble(), score.sir(), 1e-4, version);
          assertEquals(run.get("sar").get(j).get(w).asDouble(), score.sar(), 1e-4, version);
        }
      }
    }
  }

  /** Two channels, windows that overlap and end within blocks, against the plain formulas. */
  @Test
  void windowsOfStereoAreThoseOfASegmentWithSilenceAround() throws Exception {
    BssOptions whole = options(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    List<Track> references = stereo(1, 50_000, 0);
    List<Track> estimates = stereo(1, 50_000, 1);
    BssScores all = new BssEval(whole).score(references, estimates);
    BssScores one = new BssEval(options(100, 100)).score(references, estimates);
    assertEquals(window(all, 0), window(one, 0));
    BssScores windows = new BssEval(options(0.9, 0.4)).score(references, estimates);
    assertEquals(
        (int) Math.floor((50_000 - 0.9 * 22050 + 0.4 * 22050) / (0.4 * 22050)),
        windows.windows().size());
    double median = windows.median(0, SourceScore::sdr);
    assertEquals(window(all, 0).get(0).sdr(), median, 1.5);
  }

  @Test
  void silentWindowsHaveNoScoreAndSilentTracksAreRefused() throws Exception {
    float[] source = noise(3, 44100);
    float[] estimate = noise(3, 44100);
    Arrays.fill(source, 0, 22050, 0);
    Track reference = Track.of("a", 22050, List.of(source));
    Track estimated = Track.of("b", 22050, List.of(estimate));
    for (BssOptions options : List.of(BssOptions.MUSEVAL_V4, BssOptions.MUSEVAL_V3)) {
      BssScores scores = new BssEval(options).score(List.of(reference), List.of(estimated));
      assertEquals(2, scores.windows().size());
      assertNull(scores.windows().get(0));
      assertTrue(window(scores, 1).get(0).sdr() > 40);
    }
    Track silent = Track.of("silent.wav", 22050, List.of(new float[44100]));
    BssEval eval = new BssEval(BssOptions.SOURCES_V3);
    assertRefused(eval, silent, estimated, "silent.wav: the reference is silent");
    assertRefused(eval, estimated, silent, "silent.wav: the estimate is silent");
  }

  @Test
  void shapesThatDoNotFitAreRefused() {
    Track mono = Track.of("mono", 22050, List.of(noise(1, 30000)));
    BssEval eval = new BssEval(BssOptions.SOURCES_V3);
    Track brief = Track.of("brief", 22050, List.of(noise(1, 29999)));
    assertRefused(eval, mono, brief, "brief: ends after 29999 frames and mono does not");
    Track fast = Track.of("fast", 44100, List.of(noise(1, 30000)));
    assertRefused(eval, mono, fast, "fast: 1 channel at 44100 Hz");
    Track stereo = Track.of("stereo", 22050, List.of(noise(1, 30000), noise(2, 30000)));
    assertRefused(eval, mono, stereo, "stereo: 2 channels at 22050 Hz");
    assertThrows(
        IllegalArgumentException.class, () -> eval.score(List.of(mono), List.of(mono, mono)));
  }

  /** One reference twice: the correlations are singular, the spanned space is that of one. */
  @Test
  void linearlyDependentReferencesAreSolved() throws Exception {
    float[] source = noise(5, 20000);
    float[] other = noise(6, 20000);
    float[] mixture = new float[20000];
    for (int n = 0; n < mixture.length; n++) {
      mixture[n] = source[n] + 0.1f * other[n];
    }
    Track reference = Track.of("a", 22050, List.of(source));
    Track estimate = Track.of("b", 22050, List.of(mixture));
    BssOptions options =
        new BssOptions(
            BssOptions.Criterion.SOURCES, Double.POSITIVE_INFINITY, 1, false, false, false, 8);
    BssScores scores =
        new BssEval(options).score(List.of(reference, reference), List.of(estimate, estimate));
    assertEquals(20, window(scores, 0).get(0).sdr(), 0.2);
  }

  private static void assertRefused(BssEval eval, Track reference, Track estimate, String words) {
    Exception refusal =
        assertThrows(InputException.class, () -> eval.score(List.of(reference), List.of(estimate)));
    assertTrue(refusal.toString().contains(words), refusal.toString());
  }

  private static void assertScores(
      BssScores scores, int source, double sdr, double isr, double sir, double sar, double within) {
    SourceScore score = window(scores, 0).get(source);
    assertEquals(sdr, score.sdr(), within);
    assertEquals(isr, score.isr(), within);
    assertEquals(sir, score.sir(), within);
    assertEquals(sar, score.sar(), within);
  }

  private static List<SourceScore> window(BssScores scores, int index) {
    return Objects.requireNonNull(scores.windows().get(index));
  }

  private static BssOptions options(double window, double hop) {
    return new BssOptions(BssOptions.Criterion.IMAGES, window, hop, false, false, true, 64);
  }

  private static JsonNode golden(String id) throws Exception {
    for (JsonNode stem : GoldenPairs.json().get("separation")) {
      if (stem.get("id").asText().equals(id)) {
        return stem;
      }
    }
    throw new AssertionError("no stems " + id);
  }

  private static double value(JsonNode golden, String key, int source) {
    return golden.get(key).get(source).asDouble();
  }

  private static List<Track> files(String id, String kind) {
    return List.of(
        Track.of(GoldenPairs.file(id + "_" + kind + "_vocals.wav")),
        Track.of(GoldenPairs.file(id + "_" + kind + "_accompaniment.wav")));
  }

  private static float[] noise(long seed, int length) {
    double[] uniform = TestSignals.uniform(seed, length);
    float[] noise = new float[length];
    for (int n = 0; n < length; n++) {
      noise[n] = (float) (0.3 * uniform[n]);
    }
    return noise;
  }

  private static List<Track> stereo(long seed, int length, int estimate) {
    List<Track> tracks = new ArrayList<>();
    for (int source = 0; source < 2; source++) {
      List<float[]> channels = new ArrayList<>();
      for (int c = 0; c < 2; c++) {
        float[] own = noise(seed + 2L * source + c, length);
        float[] other = noise(seed + 2L * (1 - source) + c, length);
        for (int n = 0; n < length; n++) {
          own[n] += estimate * 0.2f * other[n];
        }
        channels.add(own);
      }
      tracks.add(Track.of("track " + source, 22050, channels));
    }
    return tracks;
  }

  private static List<Track> synthetic(boolean estimates) {
    int length = 8000;
    double[] u1 = TestSignals.uniform(1, length);
    double[] u7 = TestSignals.uniform(7, length);
    double[] u11 = TestSignals.uniform(11, length);
    double[] u13 = TestSignals.uniform(13, length);
    double[] s1 = new double[length];
    float[][] rows = new float[2][length];
    for (int n = 0; n < length; n++) {
      double t = n / 22050.0;
      s1[n] = 0.5 * Math.sin(2 * Math.PI * 220 * t) + 0.25 * Math.sin(2 * Math.PI * 440 * t + 0.3);
      s1[n] += 0.05 * u1[n];
      double s2 = 0.3 * u7[n];
      double delayed = n < 3 ? 0 : s1[n - 3];
      rows[0][n] = (float) (estimates ? 0.8 * delayed + 0.1 * s2 + 0.02 * u11[n] : s1[n]);
      rows[1][n] = (float) (estimates ? 0.9 * s2 + 0.05 * s1[n] + 0.02 * u13[n] : s2);
    }
    return List.of(Track.of("1", 22050, List.of(rows[0])), Track.of("2", 22050, List.of(rows[1])));
  }
}
