package org.vocalise.cli.bench;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How soon a command has written sound. */
final class FirstSamples {
  /** A WAV file of this size holds samples. */
  private static final long HEADER = 1024;

  private static final long POLL_MILLISECONDS = 2;

  private FirstSamples() {}

  /**
   * Seconds from the start of the process until a file in a folder holds samples, under whatever
   * name it is written.
   *
   * @param folder empty, or still missing
   * @throws IOException if the command fails, or ends without samples
   */
  static double of(List<String> command, Path folder) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    long start = System.nanoTime();
    Process process = builder.start();
    try {
      boolean ended = false;
      while (!holdsSamples(folder)) {
        if (ended) {
          throw new IOException("exit code " + process.exitValue() + " of " + command);
        }
        ended = process.waitFor(POLL_MILLISECONDS, TimeUnit.MILLISECONDS);
      }
      double seconds = (System.nanoTime() - start) * 1e-9;
      if (process.waitFor() != 0) {
        throw new IOException("exit code " + process.exitValue() + " of " + command);
      }
      return seconds;
    } finally {
      process.destroy();
    }
  }

  private static boolean holdsSamples(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        if (Files.isRegularFile(file) && Files.size(file) > HEADER) {
          return true;
        }
      }
      return false;
    } catch (NoSuchFileException | DirectoryIteratorException e) {
      return false; // one of them has just got its final name
    }
  }
}
