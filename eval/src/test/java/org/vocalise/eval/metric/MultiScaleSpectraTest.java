package org.vocalise.eval.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vocalise.eval.TestSignals;

class MultiScaleSpectraTest {
  private final Metric metric = MultiScaleSpectra.metric(22050);

  @ParameterizedTest
  @CsvSource({
    "y, 0",
    "x1, 28.07082835590908",
    "half, 92.35966308541671",
    "zeros, 174.36899494915755",
    "noise, 170.5755246133582",
  })
  void agreesWithTorchaudioOnSyntheticSignals(String name, double expected) throws Exception {
    assertEquals(expected, metric.score(TestSignals.pair(name)), 1e-6 * expected);
  }

  @ParameterizedTest
  @CsvSource({"c1,a", "c1,b", "c2,a", "c2,b", "c3,a", "c3,b", "c4,a", "c4,b"})
  void agreesWithTorchaudioOnSinging(String clip, String version) throws Exception {
    double expected =
        GoldenPairs.clip(clip)
            .at("/scores/synth_" + version + "/ddsp_mss_float64/value")
            .asDouble();
    assertEquals(expected, metric.score(GoldenPairs.pair(clip, version)), 1e-8 * expected);
  }
}
