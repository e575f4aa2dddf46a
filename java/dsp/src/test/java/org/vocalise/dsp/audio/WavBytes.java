package org.vocalise.dsp.audio;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Makes WAV files for tests, chunk by chunk, right or wrong. */
public final class WavBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  public WavBytes(String id, long size) {
    text(id).int32(size).text("WAVE");
  }

  /** A file of one 'fmt ' and one 'data' chunk. */
  public static byte[] plain(int tag, int channels, int rate, int bits, byte[] data) {
    return new WavBytes("RIFF", 36 + data.length)
        .format(tag, channels, rate, bits)
        .chunk("data", data.length, data)
        .bytes();
  }

  public WavBytes format(int tag, int channels, int rate, int bits) {
    return text("fmt ").int32(16).formatFields(tag, channels, rate, bits);
  }

  /** WAVE_FORMAT_EXTENSIBLE with the sub-format {@code tag}. */
  public WavBytes extensible(int tag, int channels, int rate, int bits, int validBits) {
    text("fmt ").int32(40).formatFields(0xFFFE, channels, rate, bits);
    int16(22).int16(validBits).int32(0).int32(tag);
    return int16(0).int16(0x10).int32(0xAA00_0080L).int32(0x719B_3800L);
  }

  private WavBytes formatFields(int tag, int channels, int rate, int bits) {
    int align = channels * bits / 8;
    int16(tag).int16(channels).int32(rate).int32((long) rate * align);
    return int16(align).int16(bits);
  }

  /** A chunk with its pad byte. */
  public WavBytes chunk(String id, long size, byte[] content) {
    text(id).int32(size).raw(content);
    return content.length % 2 == 0 ? this : raw(new byte[1]);
  }

  public WavBytes ds64(long riffSize, long dataSize, long samples) {
    text("ds64").int32(28);
    ByteBuffer content = ByteBuffer.allocate(28).order(ByteOrder.LITTLE_ENDIAN);
    content.putLong(riffSize).putLong(dataSize).putLong(samples);
    return raw(content.array());
  }

  public WavBytes raw(byte[] bytes) {
    out.writeBytes(bytes);
    return this;
  }

  public byte[] bytes() {
    return out.toByteArray();
  }

  /** 16-bit samples. */
  public static byte[] shorts(int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(2 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : values) {
      buffer.putShort((short) value);
    }
    return buffer.array();
  }

  /** 32-bit float samples. */
  public static byte[] floats(float... values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      buffer.putFloat(value);
    }
    return buffer.array();
  }

  private WavBytes text(String text) {
    return raw(text.getBytes(StandardCharsets.US_ASCII));
  }

  private WavBytes int16(int value) {
    return raw(new byte[] {(byte) value, (byte) (value >> 8)});
  }

  private WavBytes int32(long value) {
    return int16((int) value & 0xFFFF).int16((int) (value >> 16) & 0xFFFF);
  }
}
