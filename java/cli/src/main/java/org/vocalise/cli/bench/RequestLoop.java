package org.vocalise.cli.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;

/**
 * The inside of a {@link Worker} of ours: requests from standard input, words parted by tabs, each
 * answered with a line of three numbers.
 */
final class RequestLoop {
  /** Measures what a request asks for. */
  interface Answerer {
    /** Returns {@link #timed} and a third number. */
    String answer(String[] words) throws Exception;
  }

  private RequestLoop() {}

  /** Answers until the input ends. */
  static void serve(Answerer answerer) throws Exception {
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      System.out.println(answerer.answer(line.split("\t", -1)));
      System.out.flush();
    }
  }

  /** Seconds of processor time and by the clock that work takes. */
  static String timed(Callable<?> work) throws Exception {
    long cpu = processorTime();
    long wall = System.nanoTime();
    work.call();
    wall = System.nanoTime() - wall;
    cpu = processorTime() - cpu;
    return cpu * 1e-9 + " " + wall * 1e-9;
  }

  private static long processorTime() throws IOException {
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean system) {
      return system.getProcessCpuTime();
    }
    throw new IOException("this Java does not tell its processor time");
  }
}
