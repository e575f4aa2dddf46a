package org.vocalise.dsp.fuzz;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vocalise.dsp.io.InputException;

/** What every reader owes to any bytes: a result or one line of error, in little memory. */
final class FuzzTarget {
  /** Eight channels of the longest FLAC block take 4 MiB; nothing else comes near. */
  private static final long MAX_ALLOCATED = 24L << 20;

  private static final Path FILE = temporaryFile();
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private FuzzTarget() {}

  /** Opens a file and reads it to its end. */
  @FunctionalInterface
  interface Reader {
    void read(Path file) throws IOException;
  }

  private static Path temporaryFile() {
    try {
      Path file = Files.createTempFile("fuzz", ".bin");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Gives bytes to a reader; any exception but an error of the input is a finding. */
  static void check(byte[] bytes, Reader reader) throws IOException {
    Files.write(FILE, bytes);
    // What loads and instruments a class allocates too, once.
    long allocated = Math.min(allocatedBy(reader), allocatedBy(reader));
    assertTrue(allocated < MAX_ALLOCATED, allocated + " bytes allocated");
  }

  private static long allocatedBy(Reader reader) throws IOException {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    try {
      reader.read(FILE);
    } catch (InputException e) {
      String message = String.valueOf(e.getMessage());
      assertTrue(message.startsWith(FILE + ": "), message);
      assertTrue(message.chars().noneMatch(Character::isISOControl), message);
    }
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
