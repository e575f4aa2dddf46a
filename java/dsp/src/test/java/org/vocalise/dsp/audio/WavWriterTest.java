package org.vocalise.dsp.audio;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WavWriterTest {
  @TempDir private Path folder;

  @Test
  void roundsToNearestEvenAndCountsWhatItClamps() throws IOException {
    Path file = folder.resolve("a.wav");
    float half = 0.5f / 32768;
    float[] samples = {half, 3 * half, -half, -3 * half, 1, -1, 1.5f, -1.5f, 32767.4f / 32768};
    try (WavWriter writer = new WavWriter(file, 22050, WavFormat.PCM16)) {
      writer.write(samples, 0, samples.length);
      assertEquals(3, writer.clipped());
      assertEquals(9, writer.samples());
    }
    byte[] stored = WavBytes.shorts(0, 2, 0, -2, 32767, -32768, 32767, -32768, 32767);
    byte[] expected = WavBytes.plain(1, 1, 22050, 16, stored);
    assertArrayEquals(expected, Files.readAllBytes(file));
  }

  @Test
  void storesFloatsAsTheyAreWithACountOfSamples() throws IOException {
    Path file = folder.resolve("a.wav");
    float[] samples = {1.5f, -0.1f, Float.MIN_VALUE};
    try (WavWriter writer = new WavWriter(file, 44100, WavFormat.FLOAT32)) {
      writer.write(samples, 0, 2);
      writer.write(samples, 2, 1);
      assertEquals(0, writer.clipped());
    }
    assertArrayEquals(samples, AudioFiles.read(file).samples());
    byte[] bytes = Files.readAllBytes(file);
    assertEquals(58 + 12, bytes.length);
    assertEquals(bytes.length - 8, bytes[4]);
    assertEquals('f', bytes[38]);
    assertEquals(3, bytes[46]);
    assertEquals(12, bytes[54]);
  }

  @ParameterizedTest
  @EnumSource(WavFormat.class)
  void becomesRf64WhereSizesPassTheirFields(WavFormat format) throws IOException {
    Path file = folder.resolve("a.wav");
    float[] samples = new float[200_000];
    Random random = new Random(1);
    for (int i = 0; i < samples.length; i++) {
      samples[i] = random.nextInt(65536) / 32768f - 1;
    }
    try (WavWriter writer = new WavWriter(file, 22050, format, 300_000)) {
      writer.write(samples, 0, samples.length);
    }
    assertArrayEquals(samples, AudioFiles.read(file).samples());
    assertEquals("RF64", new String(Files.readAllBytes(file), 0, 4, US_ASCII));
    try (AudioFileSource source = AudioFiles.open(file)) {
      int read;
      do {
        read = source.read(samples, 0, samples.length);
      } while (read >= 0);
      assertTrue(source.warnings().isEmpty());
    }
  }

  @Test
  void refusesSamplesThatAreNoNumbers() throws IOException {
    try (WavWriter writer = new WavWriter(folder.resolve("a.wav"), 8000, WavFormat.PCM16)) {
      writer.write(new float[10], 0, 10);
      float[] bad = {0, 0, Float.NaN};
      Exception error = assertThrows(IllegalArgumentException.class, () -> writer.write(bad, 1, 2));
      assertEquals("sample 11 is NaN", error.getMessage());
    }
  }

  @Test
  void writesAFileOfNoSamples() throws IOException {
    Path file = folder.resolve("a.wav");
    new WavWriter(file, 8000, WavFormat.PCM16).close();
    assertEquals(0, AudioFiles.read(file).samples().length);
  }

  @Test
  void namesTheFileWhenTheDiskIsFull() {
    Path full = Path.of("/dev/full");
    Assumptions.assumeTrue(Files.exists(full), "only Linux has a file that is always full");
    IOException error =
        assertThrows(IOException.class, () -> new WavWriter(full, 8000, WavFormat.PCM16).close());
    String message = String.valueOf(error.getMessage());
    assertTrue(message.startsWith("/dev/full: can't be written: "), message);
  }
}
