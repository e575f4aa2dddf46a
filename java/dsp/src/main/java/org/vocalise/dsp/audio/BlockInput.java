package org.vocalise.dsp.audio;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.vocalise.dsp.io.InputException;

/**
 * A file read once from its beginning, seen through a block of bytes. Decoders work on {@link
 * #bytes} from {@link #position} to {@link #limit} directly. Not thread-safe.
 */
final class BlockInput implements Closeable {
  /** Zero bytes kept behind the end of the file, so that words can be read across it. */
  static final int SLACK = 16;

  private static final int CAPACITY = 1 << 16;

  final Path file;
  final byte[] bytes = new byte[CAPACITY + SLACK];

  /** Index of the next byte. */
  int position;

  /** Index behind the last byte read from the file. */
  int limit;

  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.wrap(bytes);
  private long offsetOfBlock;
  private boolean ended;

  BlockInput(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /** Offset in the file of {@link #position}. */
  long offset() {
    return offsetOfBlock + position;
  }

  /** Offset in the file of an index into {@link #bytes}. */
  long offsetOf(int index) {
    return offsetOfBlock + index;
  }

  int available() {
    return limit - position;
  }

  /**
   * Moves the bytes from {@link #position} on to the front of the block and reads until {@code
   * count} of them are there or the file ends.
   *
   * @param count at most the capacity, 65536
   * @return whether {@code count} bytes are there
   */
  boolean ensure(int count) throws IOException {
    if (limit - position >= count) {
      return true;
    }
    System.arraycopy(bytes, position, bytes, 0, limit - position);
    offsetOfBlock += position;
    limit -= position;
    position = 0;
    while (!ended && limit < count) {
      buffer.limit(CAPACITY).position(limit);
      int read = channel.read(buffer);
      if (read < 0) {
        ended = true;
      } else {
        limit += read;
      }
    }
    if (ended) {
      Arrays.fill(bytes, limit, limit + SLACK, (byte) 0);
    }
    return limit >= count;
  }

  /**
   * Passes over bytes.
   *
   * @return number of bytes passed over, less than {@code count} only at the end of the file
   */
  long skip(long count) throws IOException {
    long left = count;
    while (left > 0 && ensure(1)) {
      int step = (int) Math.min(left, available());
      position += step;
      left -= step;
    }
    return count - left;
  }

  /** The {@code length} bytes from {@link #position} on as Latin-1 text, without moving. */
  String peekText(int length) {
    return new String(bytes, position, length, StandardCharsets.ISO_8859_1);
  }

  InputException error(long offset, String reason) {
    return InputException.atByte(file, offset, reason);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
