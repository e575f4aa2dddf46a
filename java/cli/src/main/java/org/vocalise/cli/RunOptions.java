package org.vocalise.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.vocalise.cli.batch.UsageException;
import org.vocalise.training.launch.Launchers;
import org.vocalise.training.launch.TrainerSource;
import org.vocalise.training.run.RunDirectory;
import org.vocalise.training.run.RunName;
import org.vocalise.training.run.Runs;
import picocli.CommandLine.Option;

/** Where runs are, and the trainer. */
final class RunOptions {
  @Option(
      names = "--runs",
      paramLabel = "DIR",
      description = "Folder of all runs; default: ${DEFAULT-VALUE}.",
      defaultValue = "runs")
  private Path runs = Path.of("runs");

  @Option(
      names = "--trainer",
      paramLabel = "DIR",
      description = "Folder of the Python package; default: python-train beside the program.")
  private @Nullable Path trainer;

  @Option(
      names = "--python",
      paramLabel = "FILE",
      description = {
        "Interpreter of local runs, with the package's dependencies.",
        "Default: that of .venv beside the package, made on first use."
      })
  private @Nullable Path python;

  /** All runs. */
  Runs runs() {
    return new Runs(runs);
  }

  /** A run that was started. */
  RunDirectory find(String name) throws IOException {
    return runs().find(name(name));
  }

  /** The trainer of new runs. */
  TrainerSource trainer() throws IOException {
    return TrainerSource.find(trainer);
  }

  /** Launchers of the trainer. */
  Launchers launchers() {
    return new Launchers(trainer, python);
  }

  /** A run's name, checked. */
  static RunName name(String text) {
    try {
      return new RunName(text);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}
