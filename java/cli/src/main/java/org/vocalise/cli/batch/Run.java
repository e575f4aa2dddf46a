package org.vocalise.cli.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One call of a command that makes files from files: in parallel, reported in order, recorded. */
public final class Run {
  /** After this time the manifest is saved while the run goes on, for a run that is killed. */
  private static final long SAVE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /**
   * How to run.
   *
   * @param jobs number of threads
   * @param overwrite whether existing outputs are replaced
   * @param resume whether outputs that the folder's manifest lists are kept, and others replaced;
   *     without a manifest, existing files are refused
   * @param debug whether failures show their stack traces
   */
  public record Options(int jobs, boolean overwrite, boolean resume, boolean debug) {}

  private final Plan plan;
  private final Options options;
  private final Console console;
  private final Manifest manifest;
  private final List<Failure> failures = new ArrayList<>();
  private @Nullable Failure manifestFailure;
  private double seconds;
  private long saved = System.nanoTime();

  /**
   * Prepares a run.
   *
   * @param manifest without outputs; takes the run's
   */
  public Run(Plan plan, Manifest manifest, Options options, Console console) {
    this.plan = plan;
    this.manifest = manifest;
    this.options = options;
    this.console = console;
  }

  /**
   * Makes every output of the plan and returns the exit code.
   *
   * @throws UsageException before any work, if outputs exist or the folder can't be written
   */
  public int execute(Work work) throws IOException, InterruptedException {
    prepareOutputs();
    Progress progress = new Progress(console, plan.jobs().size());
    JobRunner runner = new JobRunner(work, previous(), options, progress);
    // A run that is killed before its first output can be resumed: the folder is known as its own.
    save();
    try {
      OrderedPool.run(plan.jobs(), options.jobs(), runner::run, this::report);
    } finally {
      console.clearStatus();
      save();
    }
    console.document(manifest.document());
    return summarise();
  }

  private void prepareOutputs() throws IOException {
    if (options.overwrite() && options.resume()) {
      throw new UsageException("--overwrite and --resume exclude each other");
    }
    Path folder = plan.folder();
    if (folder == null && options.resume()) {
      throw new UsageException("--resume needs a run into a folder, whose manifest it reads");
    }
    if (!options.overwrite() && !resumable(folder)) {
      refuseExisting(folder);
    }
    if (folder != null) {
      OutputFolder.make(folder);
    } else {
      OutputFolder.makeFor(plan.jobs().get(0).target());
    }
  }

  /** Whether an earlier run left its record: without one, existing files may be anybody's. */
  private boolean resumable(@Nullable Path folder) {
    return options.resume() && folder != null && Files.exists(folder.resolve(Manifest.FILE_NAME));
  }

  private void refuseExisting(@Nullable Path folder) {
    List<Path> existing = new ArrayList<>();
    if (folder != null && Files.exists(folder.resolve(Manifest.FILE_NAME))) {
      existing.add(folder.resolve(Manifest.FILE_NAME));
    }
    plan.jobs().stream().map(Job::target).filter(Files::exists).forEach(existing::add);
    if (!existing.isEmpty()) {
      String others = existing.size() == 1 ? "" : " and " + (existing.size() - 1) + " more";
      String resume =
          folder == null
              ? ""
              : options.resume()
                  ? "; there is no " + Manifest.FILE_NAME + " of a run to resume"
                  : ", --resume makes only what is missing";
      throw new UsageException(
          "%s%s: exists already; --overwrite replaces it%s"
              .formatted(existing.get(0), others, resume));
    }
  }

  /** The record of the run that this one resumes; it moves into this run's record. */
  private @Nullable Manifest previous() throws IOException {
    Path folder = plan.folder();
    if (folder == null || !options.resume()) {
      return null;
    }
    Path file = folder.resolve(Manifest.FILE_NAME);
    if (!Files.exists(file)) {
      return null;
    }
    Manifest previous = Manifest.load(file);
    List<String> differences = Differences.between(manifest.comparable(), previous.comparable());
    if (!differences.isEmpty()) {
      throw new UsageException(
          "%s: made otherwise (%s); give the same options, or another folder, or --overwrite"
              .formatted(file, String.join("; ", differences)));
    }
    previous.outputs().forEach(manifest::add);
    return previous;
  }

  private void report(JobRunner.Outcome outcome) {
    if (outcome instanceof JobRunner.Finished finished) {
      Map<String, Object> entry = finished.entry();
      manifest.add(entry);
      seconds += entry.get("seconds") instanceof Number number ? number.doubleValue() : 0;
      String target = finished.job().target().toString();
      finished.warnings().forEach(warning -> console.warning(target + ": " + warning));
      console.result(target + ": " + finished.line());
    } else if (outcome instanceof JobRunner.Failed failed) {
      failures.add(failed.failure());
      manifest.addFailure(failed.job(), failed.failure());
    }
    if (System.nanoTime() - saved > SAVE_NANOS) {
      save();
    }
  }

  /** Saves the manifest; a failure to do so is told at the end, with the others. */
  private void save() {
    saved = System.nanoTime();
    if (plan.folder() == null) {
      return;
    }
    // An interrupted run is recorded too, and an interrupted thread can't write.
    boolean interrupted = Thread.interrupted();
    try {
      manifest.save(plan.folder().resolve(Manifest.FILE_NAME));
      manifestFailure = null;
    } catch (IOException | InterruptedException e) {
      manifestFailure = Failure.of(e);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private int summarise() {
    int all = plan.jobs().size();
    if (all > 1) {
      console.result(
          String.format(
              Locale.ROOT, "%d of %d files, %.1f s of audio", all - failures.size(), all, seconds));
    }
    if (manifestFailure != null) {
      console.failure(manifestFailure, options.debug());
    }
    if (failures.isEmpty()) {
      return manifestFailure == null ? ExitCode.DONE : manifestFailure.exitCode();
    }
    if (all > 1) {
      console.error("%d of %d files failed:".formatted(failures.size(), all));
    }
    for (Failure failure : failures) {
      console.failure(failure, options.debug());
    }
    return all == 1 ? failures.get(0).exitCode() : ExitCode.SOME_FAILED;
  }
}
