package org.vocalise.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.vocalise.dsp.audio.WavFormat;
import org.vocalise.dsp.audio.WavWriter;

/** Small recordings for tests. */
final class TestAudio {
  private TestAudio() {}

  /** A tone with some noise, half of full scale. */
  static Path tone(Path file, int rate, int samples, long seed) throws IOException {
    Random random = new Random(seed);
    float[] signal = new float[samples];
    double hertz = 110 + 10 * (seed % 50);
    for (int i = 0; i < samples; i++) {
      double phase = 2 * Math.PI * hertz * i / rate;
      signal[i] = (float) (0.3 * Math.sin(phase) + 0.2 * Math.sin(3 * phase));
      signal[i] += 0.01f * (float) random.nextGaussian();
    }
    return write(file, rate, signal);
  }

  /** Samples as a PCM16 file. */
  static Path write(Path file, int rate, float[] signal) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (WavWriter writer = new WavWriter(file, rate, WavFormat.PCM16)) {
      writer.write(signal, 0, signal.length);
    }
    return file;
  }

  /** A float32 file with any values and number of channels, written byte by byte. */
  static Path raw(Path file, int rate, int channels, float... interleaved) throws IOException {
    int size = 4 * interleaved.length;
    ByteBuffer wav = ByteBuffer.allocate(44 + size).order(ByteOrder.LITTLE_ENDIAN);
    wav.put(ascii("RIFF")).putInt(36 + size).put(ascii("WAVEfmt ")).putInt(16);
    wav.putShort((short) 3).putShort((short) channels).putInt(rate);
    wav.putInt(rate * channels * 4).putShort((short) (channels * 4)).putShort((short) 32);
    wav.put(ascii("data")).putInt(size);
    for (float value : interleaved) {
      wav.putFloat(value);
    }
    Files.createDirectories(file.toAbsolutePath().getParent());
    return Files.write(file, wav.array());
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
