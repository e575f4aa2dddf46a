package org.vocalise.eval.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.vocalise.dsp.mel.MelSpec;
import org.vocalise.eval.TestSignals;

class SpectralScoresTest {
  /** A gain changes every bin and band alike: 0.5 is a quarter of the power. */
  @Test
  void aGainOfOneHalfIsItsLogarithm() throws Exception {
    Pair loud = scaled(TestSignals.pair("noise"), 0.5f);
    assertEquals(Math.log10(4), LogSpectralDistance.metric(22050).score(loud), 1e-6);
    assertEquals(Math.log(4), MelL1.metric(MelSpec.NTU).score(loud), 1e-5);
    assertEquals(Math.log(2), MelL1.metric(MelSpec.HIFIGAN).score(loud), 1e-3);
  }

  @Test
  void equalSignalsAreZeroApart() throws Exception {
    Pair same = TestSignals.pair("y");
    assertEquals(0, LogSpectralDistance.metric(22050).score(same));
    assertEquals(0, MelL1.metric(MelSpec.NTU).score(same));
  }

  @Test
  void siSdrAndGlobalSdrOfAKnownMixture() throws Exception {
    Pair pair = TestSignals.pair("noise");
    float[] mixed = pair.reference().samples().clone();
    double cross = 0;
    double signal = 0;
    double noise = 0;
    for (int n = 0; n < mixed.length; n++) {
      double y = pair.reference().samples()[n];
      double e = pair.synthesis().samples()[n];
      mixed[n] = (float) (0.7 * y + 0.1 * e);
      cross += y * e;
      signal += y * y;
      noise += e * e;
    }
    double gain = 0.7 + 0.1 * cross / signal;
    double error = 0.49 * signal + 0.14 * cross + 0.01 * noise - gain * gain * signal;
    double expected = 10 * Math.log10(gain * gain * signal / error);
    Pair mixture = GoldenPairs.pair(mixed, pair.reference().samples());
    // The means of these signals are not quite zero.
    assertEquals(expected, WaveformRatios.siSdr().score(mixture), 1e-3);
    double difference = 0.09 * signal - 0.06 * cross + 0.01 * noise;
    double ratio = 10 * Math.log10(signal / difference);
    assertEquals(ratio, WaveformRatios.global().score(mixture), 1e-5);
  }

  /** A gain and a delay are filters, and forgiven; noise at a tenth is 20 dB down. */
  @Test
  void sdrForgivesFiltersOnly() throws Exception {
    float[] reference = TestSignals.pair("noise").synthesis().samples();
    double[] error = TestSignals.uniform(5, reference.length);
    float[] synthesis = new float[reference.length];
    for (int n = 3; n < synthesis.length; n++) {
      synthesis[n] = (float) (0.5 * reference[n - 3] + 0.015 * error[n]);
    }
    double sdr = WaveformRatios.sdr().score(GoldenPairs.pair(synthesis, reference));
    assertEquals(20, sdr, 0.5);
  }

  @Test
  void silenceAndCopiesHaveNoRatio() {
    Pair same = TestSignals.pair("y");
    Pair silentSynthesis = TestSignals.pair("zeros");
    Pair silentReference =
        GoldenPairs.pair(same.synthesis().samples(), silentSynthesis.synthesis().samples());
    for (Metric metric : StandardMetrics.waveform()) {
      assertThrows(UndefinedScoreException.class, () -> metric.score(silentReference));
    }
    for (Metric metric : List.of(WaveformRatios.siSdr(), WaveformRatios.sdr())) {
      assertThrows(UndefinedScoreException.class, () -> metric.score(silentSynthesis));
    }
    for (Metric metric : List.of(WaveformRatios.siSdr(), WaveformRatios.global())) {
      assertThrows(UndefinedScoreException.class, () -> metric.score(same));
    }
  }

  @Test
  void standardMetricsHaveDifferentKeysAndDefinitions() {
    List<Metric> metrics = StandardMetrics.of(MelSpec.NTU);
    Set<String> keys = new HashSet<>();
    for (Metric metric : metrics) {
      keys.add(metric.key());
      assertEquals(false, metric.definition().isEmpty(), metric.key());
    }
    assertEquals(metrics.size(), keys.size());
    assertEquals(metrics.size() - 1, StandardMetrics.of(MelSpec.VOCOS24K).size());
  }

  private static Pair scaled(Pair pair, float gain) {
    float[] synthesis = pair.synthesis().samples().clone();
    for (int n = 0; n < synthesis.length; n++) {
      synthesis[n] *= gain;
    }
    return GoldenPairs.pair(synthesis, pair.synthesis().samples());
  }
}
