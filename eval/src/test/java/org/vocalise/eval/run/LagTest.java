package org.vocalise.eval.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.mel.Mel;
import org.vocalise.dsp.mel.MelExtractor;
import org.vocalise.dsp.mel.MelSource;
import org.vocalise.dsp.mel.MelSpec;
import org.vocalise.dsp.phase.GriffinLim;
import org.vocalise.dsp.phase.GriffinLimOptions;

final class LagTest {
  private static final float[] SUNG = TestSignals.sung(4 * TestSignals.RATE);

  @ParameterizedTest
  @ValueSource(ints = {-3000, -128, -32, 32, 33, 128, 1000, 4000})
  void copyIsFoundToTheSample(int shift) throws Exception {
    Lag lag = Lag.between(SUNG, TestSignals.shifted(SUNG, shift));
    assertEquals(shift, lag.samples());
    assertTrue(lag.correlation() >= Lag.TRUSTED, lag.toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {-128, 0, 50, 700})
  void rebuiltPhasesAreFoundWithinAMillisecond(int shift) throws Exception {
    float[] again = new float[SUNG.length];
    Mel mel = new MelExtractor(MelSpec.NTU).extract(new Waveform(SUNG, TestSignals.RATE));
    int[] place = {0};
    try (GriffinLim vocoder = new GriffinLim(MelSpec.NTU, GriffinLimOptions.DEFAULT)) {
      vocoder.vocode(
          MelSource.of(mel),
          (samples, offset, length) -> {
            System.arraycopy(samples, offset, again, place[0], length);
            place[0] += length;
          });
    }
    Lag lag = Lag.between(SUNG, TestSignals.shifted(again, shift));
    assertEquals(shift, lag.samples(), 22);
    assertTrue(lag.correlation() >= Lag.TRUSTED, lag.toString());
  }

  @Test
  void noiseFollowsNothing() throws Exception {
    Lag lag = Lag.between(SUNG, TestSignals.noise(SUNG.length, 1));
    assertTrue(lag.correlation() < Mistakes.UNLIKE, lag.toString());
  }

  @Test
  void whatIsTooShortHasNone() throws Exception {
    assertEquals(new Lag(0, 0), Lag.between(new float[300], new float[300]));
    assertEquals(0, Lag.between(new float[3000], new float[3000]).correlation());
  }
}
