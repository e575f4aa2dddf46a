package org.vocalise.cli.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.io.Sha256;

/** Makes single outputs, each whole or not at all; a fault of one stays its own. Thread-safe. */
final class JobRunner {
  /** What became of a job. */
  sealed interface Outcome {}

  /** A job with an output on disk. */
  record Finished(Job job, Map<String, Object> entry, String line, List<String> warnings)
      implements Outcome {}

  /** A job without an output. */
  record Failed(Job job, Failure failure) implements Outcome {}

  private final Work work;
  private final @Nullable Manifest previous;
  private final Run.Options options;
  private final Progress progress;

  JobRunner(Work work, @Nullable Manifest previous, Run.Options options, Progress progress) {
    this.work = work;
    this.previous = previous;
    this.options = options;
    this.progress = progress;
  }

  /** Makes the output of a job, unless an earlier run made it from the same source. */
  Outcome run(Job job) {
    try {
      job.item().requireFile();
      Finished earlier = earlier(job);
      return earlier != null ? earlier : make(job);
    } catch (IOException | InterruptedException | RuntimeException | OutOfMemoryError e) {
      return new Failed(job, Failure.of(e));
    } finally {
      progress.fileDone();
    }
  }

  private Finished make(Job job) throws IOException, InterruptedException {
    boolean replace = options.overwrite() || options.resume();
    return OutputFile.write(job.target(), replace, temporary -> make(job, temporary));
  }

  private Finished make(Job job, Path temporary) throws IOException, InterruptedException {
    Work.Made made = work.make(job.item().file(), temporary, progress);
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", job.output());
    entry.put("source", job.item().portableName());
    entry.put("source_sha256", Sha256.of(job.item().file()));
    entry.putAll(made.facts());
    entry.put("warnings", made.warnings());
    entry.put("sha256", Sha256.of(temporary));
    return new Finished(job, entry, made.line(), made.warnings());
  }

  private @Nullable Finished earlier(Job job) throws IOException {
    Map<String, Object> entry = previous == null ? null : previous.output(job.output());
    if (entry == null) {
      return null;
    }
    boolean kept =
        job.item().portableName().equals(entry.get("source"))
            && Files.exists(job.target())
            && Sha256.of(job.target()).equals(entry.get("sha256"))
            && Sha256.of(job.item().file()).equals(entry.get("source_sha256"));
    return kept ? new Finished(job, entry, "made earlier, kept", List.of()) : null;
  }
}
