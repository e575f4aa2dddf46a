package org.vocalise.eval.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vocalise.eval.TestSignals;

class MultiResolutionStftTest {
  private static final int RATE = 22050;

  /**
   * float32 inputs are what recordings are, so that even the float64 values have their rounding.
   */
  @ParameterizedTest
  @CsvSource({
    "x1, 0.7972496749436205",
    "half, 1.1931424284892858",
    "zeros, 7.663264179569104",
    "noise, 4.347426326089232",
  })
  void agreesWithAuralossOnSyntheticSignals(String name, double expected) throws Exception {
    double score = metric().score(TestSignals.pair(name));
    assertEquals(expected, score, 3e-5 * expected);
  }

  @ParameterizedTest
  @CsvSource({"c1,a", "c1,b", "c2,a", "c2,b", "c3,a", "c3,b", "c4,a", "c4,b"})
  void agreesWithAuralossOnSinging(String clip, String version) throws Exception {
    JsonNode golden = GoldenPairs.clip(clip).at("/scores/synth_" + version);
    Pair pair = GoldenPairs.pair(clip, version);
    double score = metric().score(pair);
    assertRelative(golden.at("/mstft_float64/value").asDouble(), score, 1e-9);
    assertRelative(golden.at("/mstft_float32/value").asDouble(), score, 1e-4);
    List<Metric> terms = new MultiResolutionStft(RATE, 8000).terms();
    for (int i = 0; i < 3; i++) {
      JsonNode resolution = golden.at("/mstft_float64/per_resolution/" + i);
      String key = "m_stft_" + resolution.get("n_fft").asInt();
      assertEquals(key + "_sc", terms.get(2 * i).key());
      assertEquals(key + "_log", terms.get(2 * i + 1).key());
      assertRelative(resolution.get("sc").asDouble(), terms.get(2 * i).score(pair), 1e-9);
      assertRelative(resolution.get("log").asDouble(), terms.get(2 * i + 1).score(pair), 1e-9);
    }
  }

  @Test
  void equalSignalsAreZeroApart() throws Exception {
    assertEquals(0, metric().score(TestSignals.pair("y")));
  }

  @Test
  void whatIsOnlyAboveTheSplitShowsAboveOnly() throws Exception {
    float[] reference = new float[RATE];
    float[] synthesis = new float[RATE];
    for (int n = 0; n < RATE; n++) {
      reference[n] = (float) (0.3 * Math.sin(2 * Math.PI * 500 * n / RATE));
      synthesis[n] = reference[n] + (float) (0.1 * Math.sin(2 * Math.PI * 9500 * n / RATE));
    }
    Pair pair = GoldenPairs.pair(synthesis, reference);
    MultiResolutionStft mStft = new MultiResolutionStft(RATE, 8000);
    double below = mStft.below().score(pair);
    double above = mStft.above().score(pair);
    assertTrue(below < 0.2, "below " + below);
    assertTrue(above > 1, "above " + above);
    assertThrows(
        UndefinedScoreException.class,
        () -> new MultiResolutionStft(RATE, RATE / 2.0).above().score(pair));
  }

  @Test
  void aReferenceOfZerosHasNoScoreAndASynthesisOfZerosHas() throws Exception {
    float[] sung = TestSignals.pair("y").reference().samples();
    Pair silentReference = GoldenPairs.pair(sung, new float[sung.length]);
    for (Metric metric : new MultiResolutionStft(RATE, 8000).terms()) {
      assertThrows(UndefinedScoreException.class, () -> metric.score(silentReference));
    }
    assertThrows(UndefinedScoreException.class, () -> metric().score(silentReference));
    assertTrue(metric().score(GoldenPairs.pair(new float[sung.length], sung)) > 5);
  }

  @Test
  void shortPairsHaveNoScoreAndOtherRatesAreRefused() {
    Pair tooShort = GoldenPairs.pair(new float[1024], new float[1024]);
    assertThrows(UndefinedScoreException.class, () -> metric().score(tooShort));
    Metric other = new MultiResolutionStft(24000, 8000).metric();
    assertThrows(
        IllegalArgumentException.class,
        () -> other.score(GoldenPairs.pair(new float[4000], new float[4000])));
  }

  private static Metric metric() {
    return new MultiResolutionStft(RATE, 8000).metric();
  }

  private static void assertRelative(double expected, double actual, double tolerance) {
    assertEquals(expected, actual, tolerance * Math.abs(expected));
  }
}
