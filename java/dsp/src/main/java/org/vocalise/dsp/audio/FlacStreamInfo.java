package org.vocalise.dsp.audio;

import java.io.IOException;
import java.util.Arrays;

/**
 * What a FLAC file says of its samples before the first frame (RFC 9639, section 8.2).
 *
 * @param sampleRate Hz
 * @param channels 1 to 8
 * @param bits bits per sample, 4 to 32
 * @param samples samples per channel, 0 if unknown
 * @param md5 sum of the samples, all zeros if unknown
 */
@SuppressWarnings("ArrayRecordComponent") // private to the decoder, never compared
record FlacStreamInfo(int sampleRate, int channels, int bits, long samples, byte[] md5) {
  private static final int LENGTH = 34;

  /** Reads the metadata blocks, from the signature to the first frame. */
  static FlacStreamInfo read(BlockInput input) throws IOException {
    input.position += 4;
    FlacStreamInfo info = null;
    boolean last = false;
    while (!last) {
      long start = input.offset();
      if (!input.ensure(4)) {
        throw input.error(start, "the file ends inside its metadata; it is cut off or damaged");
      }
      last = input.bytes[input.position] < 0;
      int type = input.bytes[input.position] & 0x7F;
      long length = bigEndian(input, 1, 3);
      if (type == 127) {
        throw input.error(start, "metadata block of the forbidden type 127; the file is damaged");
      }
      input.position += 4;
      if (info == null) {
        if (type != 0 || length != LENGTH || !input.ensure(LENGTH)) {
          throw input.error(start, "the first metadata block is no whole stream information");
        }
        info = parse(input);
      }
      if (input.skip(length) < length) {
        throw input.error(start, "metadata block of " + length + " bytes passes the file's end");
      }
    }
    if (info == null) {
      throw new AssertionError("the loop reads at least one block");
    }
    return info;
  }

  private static FlacStreamInfo parse(BlockInput input) throws IOException {
    long packed = bigEndian(input, 10, 8);
    int rate = (int) (packed >>> 44);
    int channels = (int) (packed >>> 41 & 7) + 1;
    int bits = (int) (packed >>> 36 & 31) + 1;
    long samples = packed & 0xF_FFFF_FFFFL;
    if (rate == 0) {
      throw input.error(input.offset() + 10, "sample rate 0 Hz; the file holds no audio");
    }
    if (bits < 4) {
      throw input.error(input.offset() + 12, bits + " bits per sample, where 4 to 32 can be");
    }
    int md5 = input.position + 18;
    byte[] sum = Arrays.copyOfRange(input.bytes, md5, md5 + 16);
    return new FlacStreamInfo(rate, channels, bits, samples, sum);
  }

  private static long bigEndian(BlockInput input, int at, int length) {
    long value = 0;
    for (int i = 0; i < length; i++) {
      value = value << 8 | (input.bytes[input.position + at + i] & 0xFF);
    }
    return value;
  }
}
