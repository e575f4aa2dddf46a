package org.vocalise.training.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Follows a file of lines that another process appends to. Each call reads what has become whole
 * since the last; a line without its end, which a killed or full disk leaves, waits for it. Not
 * thread-safe.
 */
public final class EventTail {
  private static final int BLOCK = 1 << 20;
  private static final int LONGEST_LINE = 64 << 20;

  private final Path file;
  private long position;
  private byte[] buffer = new byte[BLOCK];

  /** Begins before the first line of a file, which need not exist yet. */
  public EventTail(Path file) {
    this.file = file;
  }

  /** Takes lines. */
  public interface LineSink {
    /** All lines so far are void: the file has become shorter, so it is another one. */
    void restart();

    /**
     * Takes a line without its end.
     *
     * @param bytes holds it until the call returns
     */
    void accept(byte[] bytes, int offset, int length);
  }

  /** Reads the lines that are new. */
  public void poll(LineSink sink) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() < position) {
        restart(sink);
      }
      read(channel, sink);
    } catch (NoSuchFileException e) {
      if (position > 0) {
        restart(sink);
      }
    }
  }

  private void restart(LineSink sink) {
    position = 0;
    sink.restart();
  }

  private void read(FileChannel channel, LineSink sink) throws IOException {
    int filled = 0;
    while (true) {
      if (filled == buffer.length) {
        if (filled >= LONGEST_LINE) {
          // No event: passed over in pieces.
          position += filled;
          filled = 0;
        } else {
          buffer = Arrays.copyOf(buffer, 2 * filled);
        }
      }
      int count =
          channel.read(ByteBuffer.wrap(buffer, filled, buffer.length - filled), position + filled);
      if (count <= 0) {
        return;
      }
      int begin = 0;
      int end = lineEnd(buffer, filled, filled + count);
      while (end >= 0) {
        if (end > begin) {
          sink.accept(buffer, begin, end - begin);
        }
        begin = end + 1;
        end = lineEnd(buffer, begin, filled + count);
      }
      filled += count - begin;
      System.arraycopy(buffer, begin, buffer, 0, filled);
      position += begin;
    }
  }

  /** Apart from all else: nearly the whole time of reading a long file goes here. */
  private static int lineEnd(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\n') {
        return i;
      }
    }
    return -1;
  }
}
