package org.vocalise.eval.embedding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.io.InputException;
import org.vocalise.inference.ModelStore;

final class LogMelEmbeddingTest {
  private static final int RATE = 22_050;
  private static final int WINDOW = 86 * 256;

  @TempDir private Path folder;

  private static Waveform sine(int length, double hz) {
    float[] samples = new float[length];
    for (int i = 0; i < length; i++) {
      samples[i] = (float) Math.sin(2 * Math.PI * hz * i / RATE);
    }
    return new Waveform(samples, RATE);
  }

  @Test
  void aSteadySineHasOneLoudBandThatDoesNotMove() {
    LogMelEmbedding embedding = new LogMelEmbedding();
    float[] vectors = embedding.embed(sine(3 * WINDOW + 100, 1000));
    assertEquals(3 * 64, vectors.length);
    int loudest = 0;
    for (int band = 1; band < 32; band++) {
      loudest = vectors[64 + band] > vectors[64 + loudest] ? band : loudest;
    }
    // The power of a sine of full scale, spread over the window's three bins, under one triangle.
    assertTrue(
        Math.abs(vectors[64 + loudest] - Math.log(65_536)) < 0.5, "" + vectors[64 + loudest]);
    assertEquals(0, vectors[64 + 32 + loudest], 0.01);
    assertArrayEquals(
        java.util.Arrays.copyOfRange(vectors, 64, 96),
        java.util.Arrays.copyOfRange(new LogMelEmbedding().embed(sine(3 * WINDOW, 1000)), 64, 96));
  }

  @Test
  void silenceLiesAtTheFloor() {
    float[] vectors = new LogMelEmbedding().embed(new Waveform(new float[WINDOW], RATE));
    for (int band = 0; band < 32; band++) {
      assertEquals(Math.log(65_536e-8), vectors[band], 1e-5);
      assertEquals(0, vectors[32 + band], 1e-5);
    }
  }

  @Test
  void shortRecordingsHaveNoWindow() {
    assertEquals(0, new LogMelEmbedding().embed(new Waveform(new float[WINDOW - 1], RATE)).length);
    assertEquals(0, new LogMelEmbedding().embed(new Waveform(new float[0], RATE)).length);
    assertThrows(
        IllegalArgumentException.class,
        () -> new LogMelEmbedding().embed(new Waveform(new float[WINDOW], 16_000)));
  }

  @Test
  void embeddingsAreFoundByName() throws Exception {
    ModelStore none = new ModelStore(List.of(), folder);
    try (Embedding embedding = Embeddings.open("log-mel", none)) {
      assertEquals("log-mel", embedding.name());
      assertEquals(64, embedding.dimensions());
      assertFalse(embedding.settings().containsKey("weights_sha256"));
    }
    Map<String, String> missing = new TreeMap<>();
    for (String name : List.of("vggish", "efficientat-mn04")) {
      InputException e =
          assertThrows(InputException.class, () -> Embeddings.open(name, none).close());
      missing.put(name, String.valueOf(e.getMessage()));
    }
    missing.forEach(
        (name, message) -> assertTrue(message.contains("vocalise models add " + name), message));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> Embeddings.open("clap", none).close());
    assertTrue(String.valueOf(e.getMessage()).contains("log-mel, vggish"), e.getMessage());
  }
}
