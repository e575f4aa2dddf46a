package org.vocalise.dsp.audio;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.vocalise.dsp.io.InputException;

/**
 * The bits of a FLAC frame, most significant first, with the checksum of what was passed. Not
 * thread-safe.
 */
final class FlacBits {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final BlockInput input;
  private final byte[] bytes;

  /** The next bits, left-aligned. Behind {@link #count} stand bits of the byte at {@link #next}. */
  private long window;

  /** Bits of the window that come from bytes before {@link #next}; 0 to 63. */
  private int count;

  private int next;
  private int crc;
  private int crcFrom;

  FlacBits(BlockInput input) {
    this.input = input;
    bytes = input.bytes;
  }

  /** Begins a frame at the input's position. */
  void start() {
    next = input.position;
    crcFrom = next;
    crc = 0;
    window = 0;
    count = 0;
  }

  /** Passes over bytes of the frame header, which the caller has seen in the block. */
  void skipBytes(int length) {
    next += length;
  }

  /**
   * Passes over the padding bits and the checksum that end a frame; the input's position is behind
   * it.
   *
   * @return whether the checksum is right
   */
  boolean finish() throws IOException {
    int end = next - (count >>> 3);
    if (end + 2 > input.limit) {
      crc = FlacCrc.crc16(crc, bytes, crcFrom, Math.min(end, input.limit));
      input.position = Math.min(end, input.limit);
      if (end > input.limit || !input.ensure(2)) {
        throw endOfFile();
      }
      end = input.position;
    } else {
      crc = FlacCrc.crc16(crc, bytes, crcFrom, end);
    }
    int stored = (bytes[end] & 0xFF) << 8 | (bytes[end + 1] & 0xFF);
    input.position = end + 2;
    return stored == crc;
  }

  /** Offset in the file of the byte that holds the next bit. */
  long offset() {
    return input.offsetOf(next - ((count + 7) >>> 3));
  }

  InputException error(String reason) {
    return input.error(offset(), reason + "; the file is damaged");
  }

  /** The next {@code width} bits, 0 to 56, as an unsigned number. */
  long read(int width) throws IOException {
    if (width == 0) {
      return 0;
    }
    if (count < width) {
      refill();
    }
    long value = window >>> (64 - width);
    window <<= width;
    count -= width;
    return value;
  }

  /** The next {@code width} bits, 0 to 56, as a number in two's complement. */
  long readSigned(int width) throws IOException {
    int unused = 64 - width;
    return width == 0 ? 0 : read(width) << unused >> unused;
  }

  /** Number of zero bits before the next one bit, both passed over; at most {@code max}. */
  long readUnary(long max) throws IOException {
    long zeros = 0;
    while (true) {
      refill();
      int run = Long.numberOfLeadingZeros(window);
      if (run < count) {
        zeros += run;
        window <<= run + 1;
        count -= run + 1;
        if (zeros > max) {
          throw error("a run of " + zeros + " zero bits where at most " + max + " can be");
        }
        return zeros;
      }
      zeros += count;
      window <<= count;
      count = 0;
    }
  }

  /**
   * Reads Rice-coded residuals (RFC 9639, section 9.2.7).
   *
   * @param target receives them from index {@code from} up to, not including, {@code to}
   * @param parameter number of low bits, 0 to 30
   */
  void readRice(long[] target, int from, int to, int parameter) throws IOException {
    // Local copies stay in registers.
    long bits = window;
    int valid = count;
    int at = next;
    int lastWord = input.limit - 8;
    for (int i = from; i < to; i++) {
      if (at <= lastWord) {
        bits |= (long) LONG.get(bytes, at) >>> valid;
        at += (63 - valid) >>> 3;
        valid |= 56;
      }
      int zeros = Long.numberOfLeadingZeros(bits);
      int length = zeros + 1 + parameter;
      long folded;
      if (length <= valid) {
        folded = (long) zeros << parameter | bits << zeros << 1 >>> 1 >>> (63 - parameter);
        bits <<= length;
        valid -= length;
      } else {
        window = bits;
        count = valid;
        next = at;
        long high = readUnary(0xFFFF_FFFFL >>> parameter);
        folded = high << parameter | read(parameter);
        bits = window;
        valid = count;
        at = next;
        lastWord = input.limit - 8;
      }
      target[i] = folded >>> 1 ^ -(folded & 1);
    }
    window = bits;
    count = valid;
    next = at;
  }

  /** Fills the window to 56 bits or more. */
  private void refill() throws IOException {
    if (next + 8 > input.limit) {
      readMore();
    }
    window |= (long) LONG.get(bytes, next) >>> count;
    next += (63 - count) >>> 3;
    count |= 56;
  }

  private void readMore() throws IOException {
    // Behind the end of the file stand zeros, of which a frame that is whole reads no bit.
    if (next >= input.limit + 8) {
      throw endOfFile();
    }
    if (next > input.limit) {
      return;
    }
    // The window holds up to 8 bytes that the frame may not own: keep them out of the checksum.
    int keep = Math.min(8, next - crcFrom);
    crc = FlacCrc.crc16(crc, bytes, crcFrom, next - keep);
    input.position = next - keep;
    input.ensure(keep + 8);
    crcFrom = input.position;
    next = crcFrom + keep;
  }

  private InputException endOfFile() {
    long end = input.offsetOf(input.limit);
    return input.error(end, "the file ends inside a frame; it is cut off or damaged");
  }
}
