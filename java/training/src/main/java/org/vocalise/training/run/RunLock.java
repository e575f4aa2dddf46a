package org.vocalise.training.run;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.io.InputException;

/**
 * Makes one process the orchestrator of a run. The lock is the kernel's and falls free when its
 * holder ends, however it ends; the file's text only says who that is.
 */
public final class RunLock implements Closeable {
  /** Locks no byte of the text: on Windows, locked bytes can't be read. */
  private static final long PLACE = 1L << 40;

  private static final int LONGEST_TEXT = 1000;

  /**
   * The locks of this process. POSIX ends a process's lock when it closes any descriptor of the
   * file, so a file in here is not opened again.
   */
  private static final Map<Path, String> OWN = new ConcurrentHashMap<>();

  private final Path file;
  private final FileChannel channel;
  private final @Nullable String predecessor;

  private RunLock(Path file, FileChannel channel, @Nullable String predecessor) {
    this.file = file;
    this.channel = channel;
    this.predecessor = predecessor;
  }

  /**
   * Takes the lock.
   *
   * @throws InputException if another process holds it; it says which, and what to do
   */
  public static RunLock take(RunDirectory run) throws IOException {
    Path file = run.lock();
    String own = OWN.putIfAbsent(file, holder());
    if (own != null) {
      throw held(run, own);
    }
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      String before = text(channel);
      if (channel.tryLock(PLACE, 1, false) == null) {
        throw held(run, before);
      }
      name(channel, OWN.get(file) + "\n");
      return new RunLock(file, channel, before.isEmpty() ? null : before);
    } catch (IOException | RuntimeException e) {
      if (channel != null) {
        channel.close();
      }
      OWN.remove(file);
      throw e;
    }
  }

  private static void name(FileChannel channel, String holder) {
    try {
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)), 0);
    } catch (IOException e) {
      // The disk is full: held, by one without a name.
    }
  }

  /** Who holds the lock of a run now; null if nobody does. */
  public static @Nullable String holder(RunDirectory run) throws IOException {
    String own = OWN.get(run.lock());
    if (own != null) {
      return own;
    }
    // Shared, which a file that can't be written allows, too: it is refused while one holds it.
    try (FileChannel channel = FileChannel.open(run.lock(), StandardOpenOption.READ)) {
      return channel.tryLock(PLACE, 1, true) == null ? text(channel) : null;
    } catch (FileSystemException e) {
      // There is no lock; or it is another user's, who lets nobody read it.
      return null;
    }
  }

  private static InputException held(RunDirectory run, String holder) {
    return new InputException(
        run.lock(),
        "held by "
            + (holder.isEmpty() ? "another process" : holder)
            + ", which looks after this run; once that process has ended, however it ends, the lock"
            + " is free and 'vocalise train supervise "
            + run.name()
            + "' takes over");
  }

  private static String text(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(LONGEST_TEXT);
    channel.read(bytes, 0);
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).strip();
  }

  private static String holder() {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      host = "this machine";
    }
    return "process %d of %s on %s, since %s"
        .formatted(
            ProcessHandle.current().pid(),
            System.getProperty("user.name"),
            host,
            Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }

  /** Who held the lock before and ended without giving it back; null if nobody. */
  public @Nullable String predecessor() {
    return predecessor;
  }

  /** Gives the lock back. */
  @Override
  public void close() throws IOException {
    try (channel) {
      channel.truncate(0);
    } finally {
      OWN.remove(file);
    }
  }
}
