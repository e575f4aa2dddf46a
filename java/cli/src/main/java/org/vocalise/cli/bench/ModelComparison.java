package org.vocalise.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Models in steady state on mels of ten seconds, warm and in turns: ours, ONNX Runtime from Python
 * on the same file, PyTorch with the same weights.
 */
public final class ModelComparison {
  private static final int MOST_MELS = 16;
  private static final double SECONDS_PER_REQUEST = 1;

  private final List<Path> mels;
  private final int repeats;
  private final Report report;
  private final @Nullable Path python;
  private final Path temporary;

  /**
   * Compares on these mels.
   *
   * @param python interpreter with vocalise_train; null to measure ours alone
   * @param temporary folder for the peers' script
   */
  public ModelComparison(
      List<Path> mels, int repeats, Report report, @Nullable Path python, Path temporary) {
    this.mels = mels;
    this.repeats = repeats;
    this.report = report;
    this.python = python;
    this.temporary = temporary;
  }

  /** On one core, and on two. */
  public void measure(List<BenchModel> models) throws IOException {
    for (BenchModel model : models) {
      measure(model, 1);
      measure(model, 2);
    }
  }

  private void measure(BenchModel model, int cores) throws IOException {
    Map<String, String> requests = requests(model);
    Map<String, Series> times = new LinkedHashMap<>();
    List<Worker> workers = new ArrayList<>();
    try {
      Worker ours = worker("ours", Commands.ofClass(ModelWorker.class), cores, workers);
      Worker peer = null;
      if (python != null) {
        List<String> command = Commands.modelPython(python, temporary, "worker");
        peer = worker("Python", command, cores, workers);
      }
      int count = cores;
      for (int repeat = -2; repeat < repeats; repeat++) {
        for (Map.Entry<String, String> request : requests.entrySet()) {
          Worker worker = request.getKey().startsWith("ours") || peer == null ? ours : peer;
          String file = request.getKey().equals("PyTorch") ? checkpoint(model) : path(model);
          Worker.Answer answer = worker.ask(words(request.getValue(), file, cores, count));
          // By the clock, which is what a second core saves; one core is busy with nothing else.
          double seconds = cores == 1 ? answer.cpu() : answer.wall();
          if (repeat >= 0) {
            times
                .computeIfAbsent(request.getKey(), name -> new Series())
                .add(count * Clips.SECONDS / seconds);
          } else if (repeat == -1 && request.getKey().equals("ours, network")) {
            count = mels(seconds, count);
          }
        }
      }
    } finally {
      for (Worker worker : workers) {
        worker.close();
      }
    }
    print(model, cores, times);
  }

  /** What is measured, and the request that measures it. */
  private Map<String, String> requests(BenchModel model) {
    Map<String, String> requests = new LinkedHashMap<>();
    requests.put("ours, network", "network");
    if (python != null) {
      requests.put("ONNX Runtime in Python", "onnx");
      if (model.checkpoint() != null) {
        requests.put("PyTorch", "torch");
      }
    }
    requests.put("ours, waveform", "waveform");
    return requests;
  }

  private static Worker worker(String name, List<String> command, int cores, List<Worker> workers)
      throws IOException {
    Worker worker =
        new Worker(name, cores == 1 ? Commands.onOneCore(command) : Commands.onTwoCores(command));
    workers.add(worker);
    return worker;
  }

  /** So many mels that a request takes long enough to be measured, as many on each core. */
  private static int mels(double seconds, int count) {
    double wanted = Math.ceil(SECONDS_PER_REQUEST * count / seconds);
    int even = 2 * (int) Math.ceil(Math.min(MOST_MELS, wanted) / 2);
    return Math.max(count, even);
  }

  private String[] words(String request, String file, int cores, int count) {
    List<String> words = new ArrayList<>(List.of(request, file, Integer.toString(cores)));
    for (int i = 0; i < count; i++) {
      words.add(mels.get(i % mels.size()).toString());
    }
    return words.toArray(String[]::new);
  }

  private static String path(BenchModel model) {
    return model.onnx().toString();
  }

  private static String checkpoint(BenchModel model) {
    return String.valueOf(model.checkpoint());
  }

  private void print(BenchModel model, int cores, Map<String, Series> speeds) {
    report.section(
        "models_" + model.name() + "_" + cores,
        model.name() + ", seconds of audio per second, " + (cores == 1 ? "one core" : "two cores"));
    speeds.forEach(report::figure);
    Series ours = speeds.getOrDefault("ours, network", new Series());
    speeds.forEach(
        (name, series) -> {
          if (!name.startsWith("ours")) {
            report.figure("ours, network / " + name, ours.over(series));
          }
        });
  }
}
