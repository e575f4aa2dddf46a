package org.vocalise.dsp.resample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResamplerTest {
  @ParameterizedTest
  @CsvSource({"48000, 22050", "22050, 16000", "44100, 22050", "22050, 24000", "8000, 22050"})
  void sincHannIsTheDefinitionSummedDirectly(int from, int to) {
    float[] signal = new float[400];
    for (int i = 0; i < signal.length; i++) {
      signal[i] = (float) Math.sin(0.05 * i * i);
    }
    float[] actual = new Resampler(from, to, ResamplerKernel.SINC_HANN).resample(signal);
    double base = 0.99 * Math.min(from, to);
    for (int m = 0; m < actual.length; m++) {
      double sum = 0;
      for (int k = 0; k < signal.length; k++) {
        double t = base * (k / (double) from - m / (double) to);
        if (Math.abs(t) < 6) {
          double sinc = t == 0 ? 1 : Math.sin(Math.PI * t) / (Math.PI * t);
          sum += signal[k] * sinc * Math.pow(Math.cos(Math.PI * t / 12), 2) * base / from;
        }
      }
      assertEquals(sum, actual[m], 3e-5, "sample " + m);
    }
  }

  @Test
  void theSameRateGivesTheSameSamples() {
    float[] signal = {0.5f, -1, 0.25f};
    for (ResamplerKernel kernel : ResamplerKernel.values()) {
      float[] copy = new Resampler(22050, 22050, kernel).resample(signal);
      assertArrayEquals(signal, copy);
    }
  }

  @Test
  void theLengthIsRoundedUpAndDoesNotOverflow() {
    Resampler resampler = new Resampler(48000, 22050, ResamplerKernel.SINC_HANN);
    assertEquals(0, resampler.outputLength(0));
    assertEquals(1, resampler.outputLength(1));
    assertEquals(22050, resampler.outputLength(48000));
    assertEquals(22051, resampler.outputLength(48001));
    assertEquals(147L << 52, resampler.outputLength(320L << 52));
  }

  @Test
  void aConstantStaysConstantAtAwkwardRates() {
    float[] ones = new float[4000];
    Arrays.fill(ones, 1);
    float[] output = new Resampler(44101, 22050, ResamplerKernel.KAISER).resample(ones);
    for (int i = 500; i < output.length - 500; i++) {
      assertEquals(1, output[i], 2e-6f, "sample " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 999, 768_001, Integer.MAX_VALUE})
  void absurdRatesAreRefused(int rate) {
    for (ResamplerKernel kernel : ResamplerKernel.values()) {
      Exception refusal =
          assertThrows(IllegalArgumentException.class, () -> new Resampler(rate, 22050, kernel));
      String message = String.valueOf(refusal.getMessage());
      assertTrue(message.contains(rate + " Hz"), message);
      assertThrows(IllegalArgumentException.class, () -> new Resampler(22050, rate, kernel));
    }
  }

  @Test
  void theExtremeRatiosHaveSmallTables() {
    float[] signal = new float[10];
    signal[3] = 1;
    for (ResamplerKernel kernel : ResamplerKernel.values()) {
      assertEquals(1, new Resampler(767_999, 1000, kernel).resample(signal).length);
      assertEquals(7680, new Resampler(1000, 767_999, kernel).resample(signal).length);
      assertEquals(10, new Resampler(767_999, 767_998, kernel).resample(signal).length);
    }
  }
}
