package org.vocalise.cli;

import org.vocalise.cli.batch.Run;
import org.vocalise.cli.batch.UsageException;
import picocli.CommandLine.Option;

/** The options of commands that make files from files. */
final class BatchOptions {
  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "Files to work on at a time; default: one per processor.")
  private int jobs = Runtime.getRuntime().availableProcessors();

  @Option(names = "--overwrite", description = "Replace existing outputs.")
  private boolean overwrite;

  @Option(
      names = "--resume",
      description = "Keep what the record of an earlier run lists and is unchanged, make the rest.")
  private boolean resume;

  /** The options of a run. */
  Run.Options options(OutputOptions output) {
    return new Run.Options(jobs(), overwrite, resume, output.debug());
  }

  /** Number of threads, at least 1. */
  int jobs() {
    if (jobs < 1) {
      throw new UsageException("--jobs " + jobs + ": give a number of at least 1");
    }
    return jobs;
  }
}
