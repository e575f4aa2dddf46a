package org.vocalise.cli.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A command run to its end.
 *
 * @param cpu seconds of processor time, of it and its children
 * @param wall seconds by the clock
 * @param peakMebibytes largest resident memory of one of its processes; 0 where the system does not
 *     say (it is Linux that does)
 */
record CommandRun(double cpu, double wall, double peakMebibytes) {
  private static final Pattern TIMES = Pattern.compile("(\\d+)m([0-9.]+)s\\s+(\\d+)m([0-9.]+)s");
  private static final long POLL_MILLISECONDS = 20;

  /**
   * Runs a command by a POSIX shell, which tells the time that its children took.
   *
   * @param folder for temporary files
   * @throws IOException if the command fails; the message ends with what it printed
   */
  static CommandRun of(List<String> command, Path folder, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile(folder, "run-", ".txt");
    Path times = Files.createTempFile(folder, "times-", ".txt");
    List<String> shell =
        new ArrayList<>(
            List.of("sh", "-c", "t=$1; shift; \"$@\"; c=$?; times >\"$t\"; exit $c", "sh"));
    shell.add(times.toString());
    shell.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(shell);
    builder.environment().putAll(environment);
    long start = System.nanoTime();
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    long peak = 0;
    try {
      while (!process.waitFor(POLL_MILLISECONDS, TimeUnit.MILLISECONDS)) {
        peak = Math.max(peak, process.descendants().mapToLong(CommandRun::peak).max().orElse(0));
      }
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
    }
    double wall = (System.nanoTime() - start) * 1e-9;
    if (process.exitValue() != 0) {
      throw new IOException(
          "exit code " + process.exitValue() + " of " + command + ": " + Files.readString(log));
    }
    return new CommandRun(childTime(Files.readString(times)), wall, peak / 1024.0);
  }

  /** User and system time of the second line of {@code times}, which is that of the children. */
  private static double childTime(String text) throws IOException {
    List<String> lines = text.lines().toList();
    Matcher matcher = TIMES.matcher(lines.size() < 2 ? "" : lines.get(1).replace(',', '.'));
    if (!matcher.find()) {
      throw new IOException("the shell's 'times' printed " + text);
    }
    return 60 * Double.parseDouble(matcher.group(1))
        + Double.parseDouble(matcher.group(2))
        + 60 * Double.parseDouble(matcher.group(3))
        + Double.parseDouble(matcher.group(4));
  }

  /** Largest resident memory so far in kibibytes; 0 where it can't be found. */
  private static long peak(ProcessHandle process) {
    try {
      Path status = Path.of("/proc", Long.toString(process.pid()), "status");
      for (String line : Files.readAllLines(status, StandardCharsets.ISO_8859_1)) {
        if (line.startsWith("VmHWM:")) {
          return Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
    } catch (IOException e) {
      return 0; // it has just ended, or the system is no Linux
    }
    return 0;
  }

  /** One line for a person. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%.1f s, %.1f s of processor time, peak %.0f MiB", wall, cpu, peakMebibytes);
  }
}
