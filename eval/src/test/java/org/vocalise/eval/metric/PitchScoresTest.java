package org.vocalise.eval.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vocalise.dsp.pitch.PitchTrack;

class PitchScoresTest {
  /** Tracks as the package wrote them, to 1e-9 of what the brief's formula gave there. */
  @ParameterizedTest
  @ValueSource(strings = {"crepe_tiny", "crepe_full_torchnet"})
  void log2f0MeanIsTheBriefs(String run) throws Exception {
    for (String clip : new String[] {"c1", "c2", "c3", "c4"}) {
      PitchTrack reference = GoldenPairs.crepe(clip + "_gt_16k_" + run + ".csv");
      for (String version : new String[] {"synth_a", "synth_b"}) {
        PitchTrack synthesis = GoldenPairs.crepe(clip + "_" + version + "_16k_" + run + ".csv");
        JsonNode golden = GoldenPairs.clip(clip).at("/f0/" + run + "/" + version);
        double expected = golden.get("log2f0_mean").asDouble();
        Pair pair = GoldenPairs.pair(synthesis, reference);
        assertEquals(expected, metric("log2f0_mean").score(pair), 1e-4 * expected, clip + version);
        assertEquals(
            golden.get("frames_kept").asInt(),
            new PitchComparison(reference, synthesis).keptFrames());
      }
    }
  }

  @Test
  void figuresOfFramesWorkedOutByHand() throws Exception {
    // Frames: both voiced and equal, a fifth of a semitone off, an octave off; lost; gained; none.
    PitchTrack reference =
        track(new double[] {200, 200, 200, 200, 0, 0}, new double[] {1, .9, .8, .7, .1, 0});
    double off = 200 * Math.pow(2, 20 / 1200.0);
    PitchTrack synthesis =
        track(new double[] {200, off, 400, 0, 300, 0}, new double[] {1, .9, .8, 0, .7, 0});
    Pair pair = GoldenPairs.pair(synthesis, reference);
    Map<String, Double> expected = new HashMap<>();
    expected.put("log2f0_mean", (0 + 0.2 + 12) / 3);
    expected.put("f0_mae_cents", (0 + 20 + 1200) / 3.0);
    expected.put("f0_median_cents", 20.0);
    expected.put("f0_rmse_cents", Math.sqrt((20 * 20 + 1200 * 1200) / 3.0));
    expected.put("f0_off_50_cents", 1 / 3.0);
    expected.put("vuv_f1", 2.0 * 3 / (4 + 4));
    expected.put("periodicity_error", Math.sqrt((0.7 * 0.7 + 0.6 * 0.6) / 6));
    for (Metric metric : PitchScores.all()) {
      assertEquals(
          expected.getOrDefault(metric.key(), Double.NaN), metric.score(pair), 1e-9, metric.key());
    }
    assertEquals(expected.size(), PitchScores.all().size());
  }

  @Test
  void medianOfAnEvenNumberOfFramesIsBetweenTheMiddleTwo() throws Exception {
    double[] sure = {1, 1, 1, 1};
    double[] sung = new double[4];
    double[] cents = {1200, 3, 0, -7};
    for (int t = 0; t < 4; t++) {
      sung[t] = 200 * Math.pow(2, cents[t] / 1200);
    }
    Pair pair = GoldenPairs.pair(track(sung, sure), track(new double[] {200, 200, 200, 200}, sure));
    assertEquals(5, metric("f0_median_cents").score(pair), 1e-9);
  }

  @Test
  void thresholdsAreExclusive() throws Exception {
    PitchTrack reference = track(new double[] {200, 50, 2100, 200}, new double[] {0.6, 1, 1, 0.61});
    double[] confident = {1, 1, 1, 1};
    PitchTrack synthesis = track(new double[] {400, 400, 400, 200}, confident);
    assertEquals(0, metric("log2f0_mean").score(GoldenPairs.pair(synthesis, reference)));
  }

  @Test
  void withoutAFrameThereIsNoScore() {
    PitchTrack none = track(new double[5], new double[5]);
    double[] tone = new double[5];
    double[] sure = new double[5];
    Arrays.fill(tone, 200);
    Arrays.fill(sure, 1);
    PitchTrack sung = track(tone, sure);
    for (String key :
        new String[] {"log2f0_mean", "f0_mae_cents", "f0_median_cents", "f0_rmse_cents"}) {
      assertUndefined(key, none, none);
      assertUndefined(key, none, sung);
      assertUndefined(key, sung, none);
    }
    assertUndefined("f0_off_50_cents", sung, none);
    assertUndefined("vuv_f1", none, none);
    assertUndefined("periodicity_error", track(tone(0), tone(0)), track(tone(0), tone(0)));
  }

  @Test
  void aFrameMoreIsLeftOutAndTwoAreRefused() throws Exception {
    Pair pair = GoldenPairs.pair(track(tone(5), tone(5)), track(tone(6), tone(6)));
    assertEquals(0, metric("log2f0_mean").score(pair));
    Pair uneven = GoldenPairs.pair(track(tone(5), tone(5)), track(tone(7), tone(7)));
    Exception refusal =
        assertThrows(IllegalArgumentException.class, () -> metric("log2f0_mean").score(uneven));
    assertTrue(refusal.toString().contains("7 frames"), refusal.toString());
  }

  private static void assertUndefined(String key, PitchTrack synthesis, PitchTrack reference) {
    assertThrows(
        UndefinedScoreException.class,
        () -> metric(key).score(GoldenPairs.pair(synthesis, reference)),
        key);
  }

  private static double[] tone(int frames) {
    double[] values = new double[frames];
    Arrays.fill(values, 100);
    return values;
  }

  private static PitchTrack track(double[] hz, double[] confidence) {
    return new PitchTrack(hz, confidence, 0.01);
  }

  private static Metric metric(String key) {
    return PitchScores.all().stream().filter(m -> m.key().equals(key)).findFirst().orElseThrow();
  }
}
