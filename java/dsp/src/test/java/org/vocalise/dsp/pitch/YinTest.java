package org.vocalise.dsp.pitch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YinTest {
  @ParameterizedTest
  @ValueSource(doubles = {65, 110, 220.5, 441, 659.3, 987, 1150})
  void harmonicTonesAreFoundWithinFiveCents(double hz) {
    for (int rate : new int[] {16000, 22050, 48000}) {
      float[] tone = new float[rate / 2];
      for (int n = 0; n < tone.length; n++) {
        for (int h = 1; h <= 5; h++) {
          tone[n] += (float) (0.2 / h * Math.sin(2 * Math.PI * hz * h * n / rate + h));
        }
      }
      Yin yin = new Yin(rate, 60, 1200);
      double found = yin.frequency(tone, tone.length, tone.length / 2);
      double cents = 1200 * Math.log(found / hz) / Math.log(2);
      assertEquals(0, cents, 5, hz + " Hz at " + rate);
      assertTrue(yin.aperiodicity() < 0.1);
    }
  }

  @Test
  void quietSignalsHaveNoPitch() {
    float[] tone = new float[8000];
    for (int n = 0; n < tone.length; n++) {
      tone[n] = (float) (1e-6 * Math.sin(2 * Math.PI * 220 * n / 22050));
    }
    assertEquals(0, new Yin(22050, 60, 1200).frequency(tone, tone.length, 4000));
    assertEquals(0, new Yin(22050, 60, 1200).frequency(new float[10], 10, 50_000));
  }

  @Test
  void noiseIsAperiodic() {
    float[] noise = new float[8000];
    SplittableRandom random = new SplittableRandom(1);
    for (int n = 0; n < noise.length; n++) {
      noise[n] = (float) random.nextDouble() - 0.5f;
    }
    Yin yin = new Yin(22050, 60, 1200);
    yin.frequency(noise, noise.length, 4000);
    assertTrue(yin.aperiodicity() > 0.5, "aperiodicity " + yin.aperiodicity());
  }
}
