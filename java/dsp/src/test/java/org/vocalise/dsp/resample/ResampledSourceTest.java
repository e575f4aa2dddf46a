package org.vocalise.dsp.resample;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vocalise.dsp.audio.AudioSource;

class ResampledSourceTest {
  @ParameterizedTest
  @CsvSource({
    "44100, 22050, 30001", "48000, 22050, 20011", "22050, 24000, 9999", "22050, 192000, 5001",
    "192000, 22050, 50000", "44101, 22050, 12345", "8000, 44101, 5000", "22050, 22050, 5000",
    "768000, 1000, 30000", "1000, 48000, 700", "48000, 22050, 1", "48000, 22050, 0",
  })
  void anyBlocksGiveWhatTheWholeSignalGives(int from, int to, int length) throws IOException {
    float[] signal = noise(length);
    for (ResamplerKernel kernel : ResamplerKernel.values()) {
      Resampler resampler = new Resampler(from, to, kernel);
      float[] expected = resampler.resample(signal);
      for (int seed = 0; seed < 3; seed++) {
        AudioSource source = new RaggedSource(signal, from, seed);
        float[] actual = readAll(new ResampledSource(source, resampler), seed);
        assertArrayEquals(expected, actual, kernel + ", seed " + seed);
      }
    }
  }

  @Test
  void aRateThatTheResamplerDoesNotTakeIsRefused() {
    Resampler resampler = new Resampler(48000, 22050, ResamplerKernel.KAISER);
    AudioSource source = new RaggedSource(new float[1], 44100, 0);
    Exception refusal =
        assertThrows(IllegalArgumentException.class, () -> new ResampledSource(source, resampler));
    String message = String.valueOf(refusal.getMessage());
    assertTrue(message.contains("44100") && message.contains("48000"), message);
  }

  @Test
  void warningsAndClosingReachTheSource() throws IOException {
    RaggedSource source = new RaggedSource(new float[1], 48000, 0);
    Resampler resampler = new Resampler(48000, 22050, ResamplerKernel.KAISER);
    try (ResampledSource resampled = new ResampledSource(source, resampler)) {
      assertEquals(List.of("ragged"), resampled.warnings());
      assertEquals(22050, resampled.sampleRate());
    }
    assertTrue(source.closed);
  }

  private static float[] noise(int length) {
    Random random = new Random(7);
    float[] signal = new float[length];
    for (int i = 0; i < length; i++) {
      signal[i] = 2 * random.nextFloat() - 1;
    }
    return signal;
  }

  private static float[] readAll(AudioSource source, int seed) throws IOException {
    Random random = new Random(seed);
    float[] all = new float[1000];
    int filled = 0;
    while (true) {
      int most = seed == 0 ? 1 << 16 : 1 + random.nextInt(3000);
      if (filled + most > all.length) {
        all = Arrays.copyOf(all, 2 * (filled + most));
      }
      int count = source.read(all, filled, most);
      if (count < 0) {
        assertEquals(-1, source.read(all, filled, most), "the end is final");
        return Arrays.copyOf(all, filled);
      }
      assertTrue(count >= 1 && count <= most, "read " + count + " of " + most);
      filled += count;
    }
  }

  /** Gives a signal in blocks of random lengths. */
  private static final class RaggedSource implements AudioSource {
    private final float[] signal;
    private final int rate;
    private final Random random;
    private int next;
    private boolean closed;

    RaggedSource(float[] signal, int rate, int seed) {
      this.signal = signal;
      this.rate = rate;
      random = new Random(seed);
    }

    @Override
    public int sampleRate() {
      return rate;
    }

    @Override
    public int read(float[] target, int offset, int length) {
      if (next == signal.length) {
        return -1;
      }
      int count = Math.min(1 + random.nextInt(Math.max(1, length)), signal.length - next);
      System.arraycopy(signal, next, target, offset, count);
      next += count;
      return count;
    }

    @Override
    public List<String> warnings() {
      return List.of("ragged");
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
