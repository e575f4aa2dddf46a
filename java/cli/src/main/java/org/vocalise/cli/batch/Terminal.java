package org.vocalise.cli.batch;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether standard error is a screen, found without native code. */
public final class Terminal {
  private Terminal() {}

  /** Whether a line on standard error may be rewritten by the next. */
  public static boolean onStandardError() {
    String term = System.getenv("TERM");
    boolean windows = System.getProperty("os.name", "").startsWith("Windows");
    if ("dumb".equals(term) || (term == null && !windows)) {
      return false;
    }
    Path descriptor = Path.of("/proc/self/fd/2");
    if (Files.isSymbolicLink(descriptor)) {
      try {
        String device = Files.readSymbolicLink(descriptor).toString();
        return device.startsWith("/dev/pts/") || device.startsWith("/dev/tty");
      } catch (IOException e) {
        return false;
      }
    }
    return consoleIsTerminal();
  }

  /** Before JDK 22 a console exists on terminals only; since then it says whether it is one. */
  @SuppressWarnings("SystemConsoleNull") // for the JDKs before 22
  private static boolean consoleIsTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }
}
