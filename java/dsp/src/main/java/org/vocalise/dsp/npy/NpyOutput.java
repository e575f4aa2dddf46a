package org.vocalise.dsp.npy;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.vocalise.dsp.io.OutputFiles;

/** A file of little-endian float32 values, written through a block. Not thread-safe. */
final class NpyOutput implements Closeable {
  private static final int BLOCK = 1 << 16;

  private final Path file;
  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(BLOCK).order(ByteOrder.LITTLE_ENDIAN);

  NpyOutput(Path file) throws IOException {
    this.file = file;
    channel = OutputFiles.open(file);
  }

  void write(byte[] bytes) throws IOException {
    flush();
    buffer.put(bytes);
  }

  void write(float[] values, int offset, int length) throws IOException {
    for (int done = 0; done < length; ) {
      if (buffer.remaining() < Float.BYTES) {
        flush();
      }
      int step = Math.min(length - done, buffer.remaining() / Float.BYTES);
      buffer.asFloatBuffer().put(values, offset + done, step);
      buffer.position(buffer.position() + step * Float.BYTES);
      done += step;
    }
  }

  /** Appends a part of another file of this kind, which keeps its position. */
  void copy(NpyOutput source, long offset, long length) throws IOException {
    flush();
    long done = 0;
    while (done < length) {
      long step = source.channel.transferTo(offset + done, length - done, channel);
      if (step <= 0) {
        throw new IOException("the temporary file became shorter while it was read");
      }
      done += step;
    }
  }

  void flush() throws IOException {
    buffer.flip();
    OutputFiles.write(channel, buffer, file);
    buffer.clear();
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      if (channel.isOpen()) {
        flush();
      }
    }
  }
}
