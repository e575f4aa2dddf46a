package org.vocalise.dsp.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Opens and writes output files, with errors that name the file, such as that of a full disk. */
public final class OutputFiles {
  private OutputFiles() {}

  /** Creates a file, or empties it, for writing and reading. */
  public static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE);
  }

  /** Writes all remaining bytes of a buffer at the channel's position. */
  public static void write(FileChannel channel, ByteBuffer bytes, Path file) throws IOException {
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw new IOException(file + ": can't be written: " + e.getMessage(), e);
    }
  }
}
