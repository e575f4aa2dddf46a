package org.vocalise.cli.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.vocalise.dsp.audio.AudioFiles;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.phase.PhaseReconstruction;

/**
 * Our side of the comparison of Griffin-Lim, in a process of its own like the other sides. Reads
 * requests, {@code griffinlim FILE ITERATIONS}, {@code reach FILE CONVERGENCE} or {@code batch
 * THREADS ITERATIONS FILE...}, words parted by tabs, from standard input.
 */
final class GriffinLimWorker {
  private static final float MOMENTUM = 0.99f;
  private static final int MOST_ITERATIONS = 1000;

  private final com.sun.management.OperatingSystemMXBean system =
      (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private GriffinLimWorker() {}

  /** Answers until the input ends. */
  public static void main(String[] args) throws Exception {
    GriffinLimWorker worker = new GriffinLimWorker();
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      System.out.println(worker.answer(line.split("\t", -1)));
      System.out.flush();
    }
  }

  private String answer(String[] words) throws Exception {
    return switch (words[0]) {
      case "griffinlim" -> griffinLim(clip(words[1]), Integer.parseInt(words[2]));
      case "reach" -> reach(clip(words[1]), Double.parseDouble(words[2]));
      case "batch" -> batch(words);
      default -> throw new IllegalArgumentException("request " + words[0] + " is unknown");
    };
  }

  private String griffinLim(Magnitudes clip, int iterations) throws Exception {
    PhaseReconstruction[] made = new PhaseReconstruction[1];
    String times =
        timed(
            () -> {
              made[0] = clip.reconstruction();
              made[0].startRandom(0);
              iterate(made[0], iterations);
              return made[0].samples();
            });
    return times + " " + made[0].convergence();
  }

  /** First finds the number of iterations, then measures without looking at the convergence. */
  private String reach(Magnitudes clip, double target) throws Exception {
    PhaseReconstruction search = clip.reconstruction();
    search.startFromGradients(0);
    int iterations = 0;
    while (search.convergence() > target && iterations < MOST_ITERATIONS) {
      search.iterate(MOMENTUM);
      iterations++;
    }
    int needed = iterations;
    String times =
        timed(
            () -> {
              PhaseReconstruction reconstruction = clip.reconstruction();
              reconstruction.startFromGradients(0);
              iterate(reconstruction, needed);
              return reconstruction.samples();
            });
    return times + " " + needed;
  }

  private String batch(String[] words) throws Exception {
    int iterations = Integer.parseInt(words[2]);
    List<Magnitudes> clips = new ArrayList<>();
    for (String file : Arrays.asList(words).subList(3, words.length)) {
      clips.add(clip(file));
    }
    ExecutorService pool = Executors.newFixedThreadPool(Integer.parseInt(words[1]));
    try {
      String times =
          timed(
              () -> {
                List<Future<float[]>> results = new ArrayList<>();
                for (Magnitudes clip : clips) {
                  results.add(
                      pool.submit(
                          () -> {
                            PhaseReconstruction reconstruction = clip.reconstruction();
                            reconstruction.startRandom(0);
                            iterate(reconstruction, iterations);
                            return reconstruction.samples();
                          }));
                }
                for (Future<float[]> result : results) {
                  result.get();
                }
                return results;
              });
      return times + " " + clips.size();
    } finally {
      pool.shutdown();
    }
  }

  private static void iterate(PhaseReconstruction reconstruction, int iterations) {
    for (int i = 0; i < iterations; i++) {
      reconstruction.iterate(MOMENTUM);
    }
  }

  private String timed(Callable<?> work) throws Exception {
    long cpu = system.getProcessCpuTime();
    long wall = System.nanoTime();
    work.call();
    wall = System.nanoTime() - wall;
    cpu = system.getProcessCpuTime() - cpu;
    return cpu * 1e-9 + " " + wall * 1e-9;
  }

  private static Magnitudes clip(String file) throws IOException {
    Waveform waveform = AudioFiles.read(Path.of(file));
    return Magnitudes.of(waveform.samples());
  }
}
