package org.vocalise.cli.batch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Makes one file from another. Called by several threads at once. */
@FunctionalInterface
public interface Work {
  /**
   * Reads the source and writes the target, a temporary file that exists and is empty.
   *
   * @throws InterruptedException if the thread is interrupted; the target is deleted then
   */
  Made make(Path source, Path target, Progress progress) throws IOException, InterruptedException;

  /**
   * What was made.
   *
   * @param facts what the manifest records, in a fixed order, {@code seconds} among it
   * @param line the same for a person
   * @param warnings what the user should know
   */
  record Made(Map<String, Object> facts, String line, List<String> warnings) {}
}
