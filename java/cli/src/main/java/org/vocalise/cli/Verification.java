package org.vocalise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vocalise.cli.batch.Console;
import org.vocalise.cli.batch.ExitCode;
import org.vocalise.cli.batch.Failure;
import org.vocalise.cli.batch.Item;
import org.vocalise.cli.batch.Manifest;
import org.vocalise.cli.batch.OrderedPool;
import org.vocalise.cli.batch.Progress;
import org.vocalise.cli.batch.Run;
import org.vocalise.cli.batch.Work;
import org.vocalise.dsp.io.InputException;
import org.vocalise.dsp.io.Sha256;

/** Makes the outputs of an earlier run once more and compares them with the files on disk. */
final class Verification {
  /** What became of one file. */
  private sealed interface Verdict {}

  /** A comparison; {@code difference} is null where the hashes alone were compared. */
  private record Compared(String name, boolean identical, @Nullable SampleDifference difference)
      implements Verdict {}

  /** A file that could not be compared. */
  private record Failed(Item item, Failure failure) implements Verdict {}

  private final Path folder;
  private final Map<String, Map<String, Object>> bySource = new HashMap<>();
  private final Work work;
  private final Console console;
  private final List<Compared> compared = new ArrayList<>();
  private final List<Failed> failed = new ArrayList<>();

  /**
   * Prepares a comparison.
   *
   * @param file where the manifest lies, the outputs beside it
   * @param work makes an output as that run did
   */
  Verification(Path file, Manifest manifest, Work work, Console console) {
    folder = file.resolveSibling("");
    for (Map<String, Object> entry : manifest.outputs()) {
      bySource.put(String.valueOf(entry.get("source")), entry);
    }
    this.work = work;
    this.console = console;
  }

  /** Compares the outputs of the given inputs and returns the exit code. */
  int execute(List<Item> items, Run.Options options) throws IOException, InterruptedException {
    Path scratch = Files.createTempDirectory("vocalise-verify-");
    try {
      Progress progress = new Progress(console, items.size());
      OrderedPool.run(
          items, options.jobs(), item -> verdict(item, scratch, progress), this::report);
    } finally {
      console.clearStatus();
      Files.deleteIfExists(scratch);
    }
    console.document(document());
    long known = items.stream().filter(item -> bySource.containsKey(item.portableName())).count();
    if (known < bySource.size()) {
      console.note(bySource.size() - known + " outputs of the manifest were not checked");
    }
    return summarise(options.debug());
  }

  private Verdict verdict(Item item, Path scratch, Progress progress) {
    try {
      item.requireFile();
      Map<String, Object> entry = bySource.get(item.portableName());
      if (entry == null) {
        throw new InputException(
            item.file(), "not in the manifest; give what the run that wrote it was given");
      }
      if (!Sha256.of(item.file()).equals(entry.get("source_sha256"))) {
        throw new InputException(
            item.file(), "not the file that the run read: its SHA-256 is another");
      }
      Path again = Files.createTempFile(scratch, "", ".wav");
      try {
        work.make(item.file(), again, progress);
        return compare(entry, again);
      } finally {
        Files.delete(again);
      }
    } catch (IOException | InterruptedException | RuntimeException | OutOfMemoryError e) {
      return new Failed(item, Failure.of(e));
    } finally {
      progress.fileDone();
    }
  }

  private Compared compare(Map<String, Object> entry, Path again) throws IOException {
    String name = String.valueOf(entry.get("name"));
    Path recorded = folder.resolve(name);
    boolean sameHash = Sha256.of(again).equals(entry.get("sha256"));
    if (!Files.exists(recorded)) {
      return new Compared(name, sameHash, null);
    }
    SampleDifference difference = SampleDifference.between(again, recorded);
    return new Compared(name, difference.differing() == 0, difference);
  }

  private void report(Verdict verdict) {
    if (verdict instanceof Failed failure) {
      failed.add(failure);
    } else if (verdict instanceof Compared result) {
      compared.add(result);
      console.result(result.name() + ": " + words(result));
    }
  }

  private static String words(Compared result) {
    SampleDifference difference = result.difference();
    if (difference == null) {
      return (result.identical() ? "identical" : "different")
          + " by SHA-256; the file itself is not there";
    }
    if (result.identical()) {
      return "identical";
    }
    return String.format(
        Locale.ROOT,
        "%d of %d samples differ, largest difference %.3g (%.1f steps of 16 bits)",
        difference.differing(),
        difference.samples(),
        difference.largest(),
        difference.largest() * 32768);
  }

  private Map<String, Object> document() {
    List<Map<String, Object>> files = new ArrayList<>();
    for (Compared result : compared) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("name", result.name());
      entry.put("identical", result.identical());
      SampleDifference difference = result.difference();
      if (difference != null) {
        entry.put("samples", difference.samples());
        entry.put("differing", difference.differing());
        entry.put("largest_difference", difference.largest());
      }
      files.add(entry);
    }
    List<Map<String, Object>> failures = new ArrayList<>();
    failed.forEach(failure -> failures.add(failure.failure().document(failure.item())));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("schema", 1);
    document.put("files", files);
    document.put("failed", failures);
    return document;
  }

  private int summarise(boolean debug) {
    long identical = compared.stream().filter(Compared::identical).count();
    console.result(identical + " of " + (compared.size() + failed.size()) + " files identical");
    failed.forEach(failure -> console.failure(failure.failure(), debug));
    if (identical < compared.size()) {
      return ExitCode.DIFFERENT;
    }
    if (failed.isEmpty()) {
      return ExitCode.DONE;
    }
    boolean single = failed.size() == 1 && compared.isEmpty();
    return single ? failed.get(0).failure().exitCode() : ExitCode.SOME_FAILED;
  }
}
