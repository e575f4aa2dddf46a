package org.vocalise.training.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The compose program of this machine.
 *
 * @param words that call it: {@code docker compose}, or the older {@code docker-compose}
 */
record ComposeProgram(List<String> words) {
  private static final List<List<String>> KNOWN =
      List.of(List.of("docker", "compose"), List.of("docker-compose"));

  /**
   * Finds it.
   *
   * @throws IOException if there is none; the message says what to install
   */
  static ComposeProgram find() throws IOException, InterruptedException {
    for (List<String> words : KNOWN) {
      ComposeProgram program = new ComposeProgram(words);
      try {
        program.run(List.of("version"));
        return program;
      } catch (IOException e) {
        // The next one.
      }
    }
    throw new IOException(
        "neither 'docker compose' nor 'docker-compose' runs here: install one (Debian:"
            + " docker-compose, Ubuntu: docker-compose-v2), or train with --launcher docker");
  }

  /**
   * Runs it to its end.
   *
   * @throws IOException if it fails; the message is what it said last
   */
  void run(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(words);
    command.addAll(arguments);
    Path said = Files.createTempFile("vocalise-compose-", ".log");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
      Process process = builder.start();
      process.getOutputStream().close();
      int code;
      try {
        code = process.waitFor();
      } catch (InterruptedException e) {
        process.destroy();
        throw e;
      }
      if (code != 0) {
        List<String> lines =
            LogFile.lastLines(new String(Files.readAllBytes(said), StandardCharsets.UTF_8), 5);
        throw new IOException(String.join(" ", words) + ": " + String.join("; ", lines));
      }
    } finally {
      Files.deleteIfExists(said);
    }
  }
}
