package org.vocalise.inference;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.vocalise.dsp.io.InputException;

/**
 * Walks over the fields of a file in Google's protobuf wire format, in memory that does not follow
 * the lengths it finds. Not thread-safe.
 */
final class ProtobufReader {
  static final int VARINT = 0;
  static final int FIXED64 = 1;
  static final int BYTES = 2;
  static final int FIXED32 = 5;

  private final Path file;
  private final FileChannel channel;
  private final long size;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16).limit(0);
  private long bufferStart;
  private int field;
  private int wireType;
  private long value;

  ProtobufReader(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    size = channel.size();
  }

  /** Length of the file. */
  long size() {
    return size;
  }

  /** Offset of the next byte. */
  long position() {
    return bufferStart + buffer.position();
  }

  /** Goes to an offset. */
  void seek(long offset) {
    long inBuffer = offset - bufferStart;
    if (inBuffer >= 0 && inBuffer <= buffer.limit()) {
      buffer.position((int) inBuffer);
    } else {
      buffer.limit(0);
      bufferStart = offset;
    }
  }

  /**
   * Reads the head of the next field of a message.
   *
   * @param end where the message ends
   * @return false at that end
   */
  boolean next(long end) throws IOException {
    if (position() >= end) {
      return false;
    }
    long start = position();
    long tag = varint();
    field = (int) (tag >>> 3);
    wireType = (int) (tag & 7);
    if (field == 0 || tag >>> 32 != 0) {
      throw damaged(start, "no field of an ONNX file");
    }
    switch (wireType) {
      case VARINT -> value = varint();
      case FIXED64 -> value = 8;
      case FIXED32 -> value = 4;
      case BYTES -> value = varint();
      default -> throw damaged(start, "no field of an ONNX file");
    }
    if (wireType != VARINT && (value < 0 || value > end - position())) {
      throw damaged(start, "a field of " + value + " bytes, and " + (end - position()) + " remain");
    }
    return true;
  }

  /** Number of the present field. */
  int field() {
    return field;
  }

  /** Wire type of the present field. */
  int wireType() {
    return wireType;
  }

  /** Value of the present field, a varint. */
  long value() {
    return value;
  }

  /** Length in bytes of the present field, which is none of a varint. */
  long length() {
    return value;
  }

  /** Goes behind the present field. */
  void skip() {
    if (wireType != VARINT) {
      seek(position() + value);
    }
  }

  /** The present field as UTF-8 text, of at most {@code limit} bytes. */
  String text(int limit) throws IOException {
    if (wireType != BYTES || value > limit) {
      throw damaged(
          position(), "a text of " + value + " bytes, and at most " + limit + " are read");
    }
    byte[] bytes = new byte[(int) value];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = read();
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Reads up to {@code target.length} bytes, no further than {@code end}; returns their number. */
  int read(byte[] target, long end) throws IOException {
    int count = (int) Math.min(target.length, end - position());
    for (int done = 0; done < count; ) {
      fill();
      int part = Math.min(count - done, buffer.remaining());
      buffer.get(target, done, part);
      done += part;
    }
    return count;
  }

  private long varint() throws IOException {
    long start = position();
    long result = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = read();
      result |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return result;
      }
    }
    throw damaged(start, "no number of an ONNX file");
  }

  private byte read() throws IOException {
    fill();
    return buffer.get();
  }

  private void fill() throws IOException {
    if (buffer.hasRemaining()) {
      return;
    }
    long offset = position();
    buffer.clear();
    bufferStart = offset;
    if (channel.read(buffer, offset) <= 0) {
      buffer.limit(0);
      throw damaged(offset, "the file ends here, inside a field");
    }
    buffer.flip();
  }

  private InputException damaged(long offset, String reason) {
    return InputException.atByte(
        file, offset, reason + ": no ONNX model, or cut off; export or download it again");
  }
}
