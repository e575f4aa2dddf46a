package org.vocalise.eval.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vocalise.eval.result.FileScores;
import org.vocalise.eval.result.SystemScores;

/**
 * The files that a page lets people hear and see: of each system the worst and the best by one
 * metric.
 *
 * @param metric that they are chosen by
 * @param systems those whose files are chosen: a page can't hold the recordings of many
 * @param reasons why a file is shown, by its name, the worst files first
 */
record ExampleChoice(
    MetricText metric, List<SystemScores> systems, Map<String, List<Reason>> reasons) {
  private static final int MOST_SYSTEMS = 4;

  /** Up to so many systems, all versions of a chosen file are shown. */
  private static final int FEW_SYSTEMS = 2;

  /** A file's place among those of a system, in words. */
  record Reason(String system, String place) {}

  /** Chooses by M-STFT, or else by the first metric with a better end that any file has. */
  static ExampleChoice of(List<SystemScores> all, List<MetricText> metrics) {
    MetricText metric =
        metrics.stream()
            .filter(text -> text.better() != MetricText.Better.UNKNOWN)
            .findFirst()
            .orElse(MetricText.of("m_stft"));
    List<SystemScores> systems =
        all.stream()
            .filter(system -> system.means().containsKey(metric.key()))
            .sorted(Comparator.comparing(s -> s.means().get(metric.key()), metric::compare))
            .limit(MOST_SYSTEMS)
            .toList();
    int each = systems.size() == 1 ? 2 : 1;
    Map<String, List<Reason>> worst = new LinkedHashMap<>();
    Map<String, List<Reason>> best = new LinkedHashMap<>();
    for (SystemScores system : systems) {
      List<FileScores> files =
          system.files().stream()
              .filter(file -> file.scores().containsKey(metric.key()))
              .sorted(Comparator.comparing(f -> f.scores().get(metric.key()), metric::compare))
              .toList();
      for (int i = 0; i < Math.min(each, files.size()); i++) {
        add(worst, files.get(files.size() - 1 - i), system, i == 0 ? "worst" : "second worst");
      }
      for (int i = 0; i < Math.min(each, files.size() - each); i++) {
        add(best, files.get(i), system, i == 0 ? "best" : "second best");
      }
    }
    best.forEach(
        (name, reasons) -> worst.computeIfAbsent(name, file -> new ArrayList<>()).addAll(reasons));
    return new ExampleChoice(metric, systems, worst);
  }

  private static void add(
      Map<String, List<Reason>> chosen, FileScores file, SystemScores system, String place) {
    chosen
        .computeIfAbsent(file.name(), name -> new ArrayList<>())
        .add(new Reason(system.name(), place));
  }

  /** The systems whose version of a file is shown: few ones all, else those it was chosen for. */
  List<SystemScores> shown(String file) {
    return systems.stream()
        .filter(system -> has(system, file))
        .filter(
            system ->
                systems.size() <= FEW_SYSTEMS
                    || reasons.getOrDefault(file, List.of()).stream()
                        .anyMatch(reason -> reason.system().equals(system.name())))
        .toList();
  }

  private static boolean has(SystemScores system, String file) {
    return system.files().stream().anyMatch(scores -> scores.name().equals(file));
  }
}
