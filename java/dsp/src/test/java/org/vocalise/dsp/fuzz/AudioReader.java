package org.vocalise.dsp.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.vocalise.dsp.audio.AudioFileSource;
import org.vocalise.dsp.audio.AudioFiles;

/** Reads an audio file to its end, or to the point where a few bytes have become hours. */
final class AudioReader {
  private static final long MAX_SAMPLES = 4L << 20;

  private AudioReader() {}

  static void read(Path file) throws IOException {
    try (AudioFileSource source = AudioFiles.open(file)) {
      assertTrue(source.sampleRate() > 0 && source.channels() > 0);
      float[] block = new float[1024];
      long samples = 0;
      while (samples < MAX_SAMPLES) {
        int read = source.read(block, 0, block.length);
        if (read < 0) {
          break;
        }
        assertTrue(read > 0 && read <= block.length);
        samples += read;
      }
      source.warnings().forEach(warning -> assertTrue(warning.startsWith(file + ": ")));
    }
  }
}
