package org.vocalise.training.launch;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The end of a log file. */
final class LogFile {
  private static final int MOST_BYTES = 1 << 18;

  private LogFile() {}

  /** The last lines, oldest first; none if there is no file. What a line overwrote is left out. */
  static List<String> lastLines(Path file, int count) throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      long from = Math.max(0, log.length() - MOST_BYTES);
      byte[] bytes = new byte[(int) (log.length() - from)];
      log.seek(from);
      log.readFully(bytes);
      return lastLines(new String(bytes, StandardCharsets.UTF_8), count);
    }
  }

  /** Adds lines, all or none. */
  static void append(Path file, List<String> lines) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      long before = channel.size();
      StringBuilder text = new StringBuilder();
      lines.forEach(line -> text.append(line).append('\n'));
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text.toString());
      try {
        while (bytes.hasRemaining()) {
          channel.write(bytes, before + bytes.position());
        }
      } catch (IOException e) {
        channel.truncate(before);
        throw e;
      }
    }
  }

  static List<String> lastLines(String text, int count) {
    List<String> lines =
        text.lines()
            .map(line -> line.substring(line.lastIndexOf('\r') + 1))
            .filter(line -> !line.isBlank())
            .toList();
    return lines.subList(Math.max(0, lines.size() - count), lines.size());
  }
}
