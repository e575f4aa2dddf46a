package org.vocalise.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

  private GriffinLimWorker() {}

  /** Answers until the input ends. */
  public static void main(String[] args) throws Exception {
    RequestLoop.serve(GriffinLimWorker::answer);
  }

  private static String answer(String[] words) throws Exception {
    return switch (words[0]) {
      case "griffinlim" -> griffinLim(clip(words[1]), Integer.parseInt(words[2]));
      case "reach" -> reach(clip(words[1]), Double.parseDouble(words[2]));
      case "batch" -> batch(words);
      default -> throw new IllegalArgumentException("request " + words[0] + " is unknown");
    };
  }

  private static String griffinLim(Magnitudes clip, int iterations) throws Exception {
    PhaseReconstruction[] made = new PhaseReconstruction[1];
    String times =
        RequestLoop.timed(
            () -> {
              made[0] = clip.reconstruction();
              made[0].startRandom(0);
              iterate(made[0], iterations);
              return made[0].samples();
            });
    return times + " " + made[0].convergence();
  }

  /** First finds the number of iterations, then measures without looking at the convergence. */
  private static String reach(Magnitudes clip, double target) throws Exception {
    PhaseReconstruction search = clip.reconstruction();
    search.startFromGradients(0);
    int iterations = 0;
    while (search.convergence() > target && iterations < MOST_ITERATIONS) {
      search.iterate(MOMENTUM);
      iterations++;
    }
    int needed = iterations;
    String times =
        RequestLoop.timed(
            () -> {
              PhaseReconstruction reconstruction = clip.reconstruction();
              reconstruction.startFromGradients(0);
              iterate(reconstruction, needed);
              return reconstruction.samples();
            });
    return times + " " + needed;
  }

  private static String batch(String[] words) throws Exception {
    int iterations = Integer.parseInt(words[2]);
    List<Magnitudes> clips = new ArrayList<>();
    for (String file : Arrays.asList(words).subList(3, words.length)) {
      clips.add(clip(file));
    }
    ExecutorService pool = Executors.newFixedThreadPool(Integer.parseInt(words[1]));
    try {
      String times =
          RequestLoop.timed(
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

  private static Magnitudes clip(String file) throws IOException {
    Waveform waveform = AudioFiles.read(Path.of(file));
    return Magnitudes.of(waveform.samples());
  }
}
