package org.vocalise.training.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A process of this machine, not to be confused with a later one of the same number.
 *
 * @param pid its number
 * @param birth when it began: since the machine did on Linux, where setting the clock changes
 *     nothing; by the clock elsewhere
 */
public record ProcessIdentity(long pid, String birth) {
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  /** Fields of /proc/PID/stat after the command's name, which may hold spaces. */
  private static final int STATE = 0;

  private static final int START = 19;

  /** A process that is there; null if it is not, or has ended and nobody has asked how. */
  public static @Nullable ProcessIdentity of(long pid) {
    try {
      if (Files.exists(BOOT)) {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        boolean dead = fields[STATE].equals("Z") || fields[STATE].equals("X");
        String boot = Files.readString(BOOT).strip();
        return dead ? null : new ProcessIdentity(pid, boot + ":" + fields[START]);
      }
    } catch (IOException e) {
      return null;
    }
    Optional<ProcessHandle> handle = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    return handle
        .map(found -> new ProcessIdentity(pid, String.valueOf(found.info().startInstant())))
        .orElse(null);
  }

  /** Whether it is still there. */
  public boolean alive() {
    return equals(of(pid));
  }
}
