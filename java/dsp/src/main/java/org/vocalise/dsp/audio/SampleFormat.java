package org.vocalise.dsp.audio;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * How a WAV file stores one sample, little-endian. Integers are scaled by 2^(bits - 1), as
 * torchaudio and soundfile do.
 */
enum SampleFormat {
  PCM8("PCM 8 bit", 1),
  PCM16("PCM 16 bit", 2),
  PCM24("PCM 24 bit", 3),
  PCM32("PCM 32 bit", 4),
  FLOAT32("float 32 bit", 4),
  FLOAT64("float 64 bit", 8);

  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle FLOAT = view(float[].class);
  private static final VarHandle DOUBLE = view(double[].class);

  final String text;

  /** Bytes of one sample. */
  final int size;

  SampleFormat(String text, int size) {
    this.text = text;
    this.size = size;
  }

  private static VarHandle view(Class<?> type) {
    return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Converts {@code count} samples.
   *
   * @param bytes stored samples, from index {@code at} on
   * @param target receives them from index {@code to} on
   * @return index within {@code count} of the first sample that is NaN, infinite or beyond float32,
   *     or -1 if there is none
   */
  int decode(byte[] bytes, int at, float[] target, int to, int count) {
    switch (this) {
      case PCM8 -> {
        for (int i = 0; i < count; i++) {
          target[to + i] = ((bytes[at + i] & 0xFF) - 128) * 0x1p-7f;
        }
      }
      case PCM16 -> {
        for (int i = 0; i < count; i++) {
          target[to + i] = (short) SHORT.get(bytes, at + 2 * i) * 0x1p-15f;
        }
      }
      case PCM24 -> {
        for (int i = 0; i < count; i++) {
          int b = at + 3 * i;
          int value = (bytes[b] & 0xFF) | (bytes[b + 1] & 0xFF) << 8 | bytes[b + 2] << 16;
          target[to + i] = value * 0x1p-23f;
        }
      }
      case PCM32 -> {
        for (int i = 0; i < count; i++) {
          target[to + i] = (int) INT.get(bytes, at + 4 * i) * 0x1p-31f;
        }
      }
      case FLOAT32 -> {
        for (int i = 0; i < count; i++) {
          target[to + i] = (float) FLOAT.get(bytes, at + 4 * i);
        }
        return firstNotFinite(target, to, count);
      }
      case FLOAT64 -> {
        for (int i = 0; i < count; i++) {
          target[to + i] = (float) (double) DOUBLE.get(bytes, at + 8 * i);
        }
        return firstNotFinite(target, to, count);
      }
    }
    return -1;
  }

  private static int firstNotFinite(float[] values, int from, int count) {
    for (int i = 0; i < count; i++) {
      if (!Float.isFinite(values[from + i])) {
        return i;
      }
    }
    return -1;
  }
}
