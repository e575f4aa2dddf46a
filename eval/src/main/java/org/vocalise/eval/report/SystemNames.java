package org.vocalise.eval.report;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.vocalise.dsp.io.InputException;
import org.vocalise.eval.result.SystemScores;

/** Names of systems of several runs: their own, and longer ones where two are equal. */
final class SystemNames {
  private SystemNames() {}

  /**
   * A name for each system, in the order of the runs and of the systems in them.
   *
   * @throws InputException if a run holds two systems of one name
   */
  static List<String> of(List<ScoredRun> runs) throws InputException {
    for (ScoredRun run : runs) {
      Set<String> own = new HashSet<>();
      for (SystemScores system : run.scores().systems()) {
        if (!own.add(system.name())) {
          throw new InputException(
              run.source(), "holds two systems of the name '" + system.name() + "'");
        }
      }
    }
    List<String> plain = named(runs, (run, system) -> system.name());
    if (distinct(plain)) {
      return plain;
    }
    List<String> folders = named(runs, (run, system) -> folder(run.source()) + "/" + system.name());
    return distinct(folders)
        ? folders
        : named(runs, (run, system) -> run.source() + ": " + system.name());
  }

  private static List<String> named(
      List<ScoredRun> runs, BiFunction<ScoredRun, SystemScores, String> naming) {
    return runs.stream()
        .flatMap(run -> run.scores().systems().stream().map(system -> naming.apply(run, system)))
        .toList();
  }

  private static boolean distinct(List<String> names) {
    return new HashSet<>(names).size() == names.size();
  }

  private static String folder(Path source) {
    Path folder = source.toAbsolutePath().normalize().getParent();
    Path name = folder == null ? null : folder.getFileName();
    return name == null ? "" : name.toString();
  }
}
