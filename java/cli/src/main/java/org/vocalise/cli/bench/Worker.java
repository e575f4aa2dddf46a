package org.vocalise.cli.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A process that measures itself: a line of words goes in, a line of numbers comes back. It stays,
 * so that neither start nor warming up is measured.
 */
final class Worker implements AutoCloseable {
  private final String name;
  private final Process process;
  private final Writer requests;
  private final BufferedReader answers;

  /** What a worker measured: seconds of processor time, seconds by the clock, and a result. */
  record Answer(double cpu, double wall, double value) {}

  /** Starts a worker; its errors go to this program's. */
  Worker(String name, List<String> command) throws IOException {
    this.name = name;
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(Commands.ONE_THREAD);
    process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    requests = new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8);
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** What the worker is called in the report. */
  String name() {
    return name;
  }

  /** Has something measured; words are parted by tabs. */
  Answer ask(String... words) throws IOException {
    requests.write(String.join("\t", words) + "\n");
    requests.flush();
    String line = answers.readLine();
    String[] numbers = line == null ? new String[0] : line.split(" ", -1);
    if (numbers.length != 3) {
      throw new IOException(name + " stopped at '" + words[0] + "': " + line);
    }
    return new Answer(
        Double.parseDouble(numbers[0]),
        Double.parseDouble(numbers[1]),
        Double.parseDouble(numbers[2]));
  }

  @Override
  public void close() throws IOException {
    requests.close(); // the worker ends with its input
    process.destroy();
  }
}
