package org.vocalise.dsp.audio;

import java.io.IOException;
import org.vocalise.dsp.io.InputException;

/**
 * The header of a FLAC frame (RFC 9639, section 9.1).
 *
 * @param length bytes of the header with its checksum
 * @param blockSize samples per channel, 1 to 65536
 * @param stereo how two channels are stored
 */
record FlacFrameHeader(int length, int blockSize, Stereo stereo) {
  /** What two channels of a frame hold. */
  enum Stereo {
    /** Each channel by itself; also any other number of channels. */
    INDEPENDENT,
    /** Left and left - right. */
    LEFT_SIDE,
    /** Left - right and right. */
    SIDE_RIGHT,
    /** Half of left + right, and left - right. */
    MID_SIDE
  }

  /** Longest header: 4 bytes, 7 of the coded number, 2 of block size, 2 of rate, the checksum. */
  static final int LONGEST = 16;

  private static final int[] RATES = {
    0, 88_200, 176_400, 192_000, 8000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000
  };
  private static final int[] BITS = {0, 8, 12, 0, 16, 20, 24, 32};

  /** Whether a frame begins at the input's position. */
  static boolean isAt(BlockInput input) {
    return input.available() >= 2
        && input.bytes[input.position] == (byte) 0xFF
        && (input.bytes[input.position + 1] & 0xFE) == 0xF8;
  }

  /** Reads the header at the input's position, which stays; checks it against the stream. */
  static FlacFrameHeader read(BlockInput input, FlacStreamInfo info) throws IOException {
    input.ensure(LONGEST);
    int start = input.position;
    byte[] bytes = input.bytes;
    int sizeCode = bytes[start + 2] >> 4 & 15;
    int rateCode = bytes[start + 2] & 15;
    int channelCode = bytes[start + 3] >> 4 & 15;
    int bitsCode = bytes[start + 3] >> 1 & 7;
    if ((bytes[start + 3] & 1) != 0 || sizeCode == 0 || bitsCode == 3 || rateCode == 15) {
      throw damaged(input, "a reserved value in a frame header");
    }
    // The coded number has one byte, or as many as its first byte has leading ones.
    int leadingOnes = Integer.numberOfLeadingZeros(~(bytes[start + 4] << 24));
    if (leadingOnes == 1 || leadingOnes == 8) {
      throw damaged(input, "a frame number that is not well formed");
    }
    int at = start + 4 + Math.max(1, leadingOnes);
    int blockSize;
    if (sizeCode == 6) {
      blockSize = (bytes[at++] & 0xFF) + 1;
    } else if (sizeCode == 7) {
      blockSize = int16(bytes, at) + 1;
      at += 2;
    } else {
      blockSize = sizeCode == 1 ? 192 : sizeCode < 6 ? 144 << sizeCode : 1 << sizeCode;
    }
    int rate;
    if (rateCode == 12) {
      rate = (bytes[at++] & 0xFF) * 1000;
    } else if (rateCode > 12) {
      rate = int16(bytes, at) * (rateCode == 14 ? 10 : 1);
      at += 2;
    } else {
      rate = RATES[rateCode];
    }
    if (at >= input.limit) {
      throw damaged(input, "the file ends inside a frame header");
    }
    if (FlacCrc.crc8(bytes, start, at) != (bytes[at] & 0xFF)) {
      throw damaged(input, "the checksum of a frame header is wrong");
    }
    checkSame(input, "sample rate", rateCode == 0 ? info.sampleRate() : rate, info.sampleRate());
    checkSame(input, "bits", bitsCode == 0 ? info.bits() : BITS[bitsCode], info.bits());
    checkSame(input, "channels", channelCode < 8 ? channelCode + 1 : 2, info.channels());
    return new FlacFrameHeader(at + 1 - start, blockSize, stereo(input, channelCode));
  }

  private static Stereo stereo(BlockInput input, int code) throws InputException {
    return switch (code) {
      case 0, 1, 2, 3, 4, 5, 6, 7 -> Stereo.INDEPENDENT;
      case 8 -> Stereo.LEFT_SIDE;
      case 9 -> Stereo.SIDE_RIGHT;
      case 10 -> Stereo.MID_SIDE;
      default -> throw damaged(input, "a reserved value in a frame header");
    };
  }

  private static void checkSame(BlockInput input, String what, int frame, int stream)
      throws InputException {
    if (frame != stream) {
      String reason = what + " " + frame + " in a frame, " + stream + " in the stream information";
      throw input.error(input.offset(), reason + "; the file is damaged or two files joined");
    }
  }

  private static InputException damaged(BlockInput input, String reason) {
    return input.error(input.offset(), reason + "; the file is damaged");
  }

  private static int int16(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 8 | (bytes[at + 1] & 0xFF);
  }
}
