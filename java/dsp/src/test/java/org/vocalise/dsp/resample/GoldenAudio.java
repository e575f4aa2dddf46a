package org.vocalise.dsp.resample;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vocalise.dsp.SharedData;

/** Reads the golden recordings, 16-bit WAV and little-endian float32 npy, independent of io. */
final class GoldenAudio {
  private GoldenAudio() {}

  /** Mean of the channels of a WAV file with a plain 44-byte header. */
  static float[] wav(String name) throws IOException {
    ByteBuffer bytes = read(name);
    int channels = bytes.getShort(22);
    int start = 44;
    float[] samples = new float[bytes.getInt(40) / (2 * channels)];
    for (int i = 0; i < samples.length; i++) {
      float sum = 0;
      for (int c = 0; c < channels; c++) {
        sum += bytes.getShort(start + 2 * (channels * i + c)) / 32768f;
      }
      samples[i] = sum / channels;
    }
    return samples;
  }

  /** All values of an npy file of version 1. */
  static float[] npy(String name) throws IOException {
    ByteBuffer bytes = read(name);
    int start = 10 + bytes.getShort(8);
    float[] values = new float[(bytes.limit() - start) / 4];
    bytes.position(start).slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  private static ByteBuffer read(String name) throws IOException {
    Path path = SharedData.path("golden/peers/" + name);
    return ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
  }
}
