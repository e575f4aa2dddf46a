package org.vocalise.training.launch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** This machine: its name, and what its processes use. */
public final class Machine {
  private static final int KIBIBYTE = 1024;

  private Machine() {}

  /** Name in the network; {@code localhost} where it has none. */
  public static String name() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  /** Memory and processor time of a process with its children; null where nobody tells. */
  static @Nullable Usage usage(long pid) {
    ProcessHandle root = ProcessHandle.of(pid).orElse(null);
    if (root == null) {
      return null;
    }
    long memory = memory(root);
    Duration cpu = root.info().totalCpuDuration().orElse(Duration.ZERO);
    for (ProcessHandle child : root.descendants().toList()) {
      memory += memory(child);
      cpu = cpu.plus(child.info().totalCpuDuration().orElse(Duration.ZERO));
    }
    return new Usage(memory, 0, cpu.toMillis() / 1000.0);
  }

  /** Resident memory, which only Linux tells in a file. */
  private static long memory(ProcessHandle process) {
    try {
      for (String line :
          Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) * KIBIBYTE;
        }
      }
    } catch (IOException e) {
      return 0;
    }
    return 0;
  }
}
