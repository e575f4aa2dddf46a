package org.vocalise.dsp.audio;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.vocalise.dsp.io.InputException;

/**
 * What stands before the samples of a WAV, RF64 or BW64 file (Multimedia Programming Interface 1.0;
 * EBU Tech 3306).
 *
 * @param sampleRate Hz
 * @param channels number of channels
 * @param format how a sample is stored
 * @param dataSize bytes of samples as declared, or {@link #UNKNOWN_SIZE}
 */
record WavHeader(int sampleRate, int channels, SampleFormat format, long dataSize) {
  /** The samples last to the end of the file. */
  static final long UNKNOWN_SIZE = -1;

  private static final int MAX_CHANNELS = 64;
  private static final int MAX_RATE = 768_000;
  private static final long STREAMED = 0xFFFF_FFFFL;
  private static final int EXTENSIBLE = 0xFFFE;
  private static final int EXTENSIBLE_SIZE = 40;

  /** Bytes 2 to 15 of the sub-format GUIDs that stand for a plain format tag. */
  private static final long GUID_MIDDLE = 0x0010_0000_0000L;

  private static final long GUID_END = 0x719B_3800_AA00_0080L;

  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);

  private static VarHandle view(Class<?> type) {
    return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.LITTLE_ENDIAN);
  }

  /** Reads up to the first byte of the samples. */
  static WavHeader read(BlockInput input) throws IOException {
    long riffSize = int32(input, 4);
    input.position += 12;
    WavHeader format = null;
    long longDataSize = UNKNOWN_SIZE;
    while (true) {
      long start = input.offset();
      if (!input.ensure(8)) {
        String missing = format == null ? "'fmt '" : "'data'";
        throw input.error(start, "the file ends before its " + missing + " chunk; it is damaged");
      }
      String id = input.peekText(4);
      long size = int32(input, 4);
      input.position += 8;
      if (id.equals("data")) {
        if (format == null) {
          throw input.error(start, "the 'data' chunk comes before any 'fmt ' chunk");
        }
        long dataSize = dataSize(size, longDataSize, riffSize, input.offset());
        return new WavHeader(format.sampleRate, format.channels, format.format, dataSize);
      }
      long end = input.offset() + size + (size & 1);
      if (id.equals("fmt ")) {
        format = format(input, size);
      } else if (id.equals("ds64") && size >= 16 && input.ensure(16)) {
        longDataSize = (long) LONG.get(input.bytes, input.position + 8);
        if (longDataSize < 0) {
          throw input.error(input.offset() + 8, "data size " + longDataSize + " is negative");
        }
      }
      long left = end - input.offset();
      if (input.skip(left) < left) {
        String reason = "chunk '" + id + "' of " + size + " bytes passes the file's end";
        throw input.error(start, reason + ", and no 'data' chunk was found; the file is damaged");
      }
    }
  }

  private static long dataSize(long size, long longSize, long riffSize, long dataStart) {
    if (size == STREAMED) {
      return longSize == 0 ? UNKNOWN_SIZE : longSize;
    }
    // A size of 0 was never filled in, unless the file's size counts chunks behind the samples.
    boolean chunksFollow = riffSize != STREAMED && riffSize > dataStart - 8;
    return size == 0 && !chunksFollow ? UNKNOWN_SIZE : size;
  }

  private static WavHeader format(BlockInput input, long size) throws IOException {
    long start = input.offset();
    if (size < 16) {
      throw input.error(start, "'fmt ' chunk of " + size + " bytes, where 16 are needed");
    }
    boolean whole = input.ensure((int) Math.min(size, EXTENSIBLE_SIZE));
    if (!whole) {
      throw input.error(start, "the file ends inside its 'fmt ' chunk; it is damaged");
    }
    int tag = int16(input, 0);
    int channels = int16(input, 2);
    long rate = int32(input, 4);
    int blockAlign = int16(input, 12);
    int bits = int16(input, 14);
    if (channels < 1 || channels > MAX_CHANNELS) {
      throw input.error(start + 2, channels + " channels, where 1 to " + MAX_CHANNELS + " can be");
    }
    if (rate < 1 || rate > MAX_RATE) {
      throw input.error(start + 4, "sample rate " + rate + " Hz is not in 1 to " + MAX_RATE);
    }
    if (tag == EXTENSIBLE) {
      tag = subFormat(input, size);
      int validBits = int16(input, 18);
      if (validBits > bits) {
        String reason = validBits + " valid bits in samples of " + bits + " bits";
        throw input.error(start + 18, reason + "; the header is damaged");
      }
    }
    SampleFormat format = sampleFormat(tag, bits, input, start);
    if (blockAlign != channels * format.size) {
      String reason = "block of " + blockAlign + " bytes for " + channels + " channels of ";
      throw input.error(start + 12, reason + format.size + " bytes; the header is damaged");
    }
    return new WavHeader((int) rate, channels, format, UNKNOWN_SIZE);
  }

  private static int subFormat(BlockInput input, long size) throws InputException {
    long start = input.offset();
    if (size < EXTENSIBLE_SIZE) {
      throw input.error(
          start, "extensible 'fmt ' chunk of " + size + " bytes, where 40 are needed");
    }
    long first = (long) LONG.get(input.bytes, input.position + 24);
    long second = (long) LONG.get(input.bytes, input.position + 32);
    if (first >>> 16 != GUID_MIDDLE || second != GUID_END) {
      String guid = Long.toHexString(first) + " " + Long.toHexString(second);
      throw input.error(start + 24, "sub-format " + guid + " is not known; " + CURE);
    }
    return (int) first & 0xFFFF;
  }

  private static final String CURE = "convert it: ffmpeg -i INPUT -c:a pcm_s16le OUTPUT.wav";

  private static SampleFormat sampleFormat(int tag, int bits, BlockInput input, long start)
      throws InputException {
    SampleFormat format = null;
    if (tag == 1) {
      format =
          switch (bits) {
            case 8 -> SampleFormat.PCM8;
            case 16 -> SampleFormat.PCM16;
            case 24 -> SampleFormat.PCM24;
            case 32 -> SampleFormat.PCM32;
            default -> null;
          };
    } else if (tag == 3) {
      format = bits == 32 ? SampleFormat.FLOAT32 : bits == 64 ? SampleFormat.FLOAT64 : null;
    }
    if (format == null) {
      String name =
          switch (tag) {
            case 1 -> "PCM";
            case 2, 0x11 -> "ADPCM";
            case 3 -> "float";
            case 6 -> "A-law";
            case 7 -> "mu-law";
            case 0x50, 0x55 -> "MPEG audio";
            default -> "format 0x" + Integer.toHexString(tag);
          };
      throw input.error(start, name + " of " + bits + " bits is not supported; " + CURE);
    }
    return format;
  }

  private static int int16(BlockInput input, int at) {
    return (short) SHORT.get(input.bytes, input.position + at) & 0xFFFF;
  }

  private static long int32(BlockInput input, int at) {
    return (int) INT.get(input.bytes, input.position + at) & 0xFFFF_FFFFL;
  }
}
