package org.vocalise.cli.batch;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which file is made from which, decided before any work.
 *
 * @param jobs in the order of the inputs
 * @param folder where a run over several files puts its outputs and its manifest; null where one
 *     file is made from one
 */
public record Plan(List<Job> jobs, @Nullable Path folder) {
  /**
   * Names the outputs: one file stands for {@code output} itself unless that is a folder or ends
   * with a slash; several keep their relative names inside the folder {@code output}.
   *
   * @param output as typed
   * @param kind of the inputs, whose extension the output's replaces
   * @param extension extension of the outputs, with the dot
   * @throws UsageException if two inputs would have the same output, or {@code output} is of the
   *     wrong kind
   */
  public static Plan of(Inputs inputs, String output, FileKind kind, String extension) {
    Path target = Path.of(output);
    if (inputs.single()) {
      Item item = inputs.items().get(0);
      String name = outputName(item, kind, extension);
      boolean folder = isFolder(output);
      if (!folder && !output.toLowerCase(Locale.ROOT).endsWith(extension)) {
        throw new UsageException(
            "-o %s: name the file %s%s, or end it with a slash to make a folder"
                .formatted(output, output, extension));
      }
      Path file = folder ? target.resolve(name) : target;
      return new Plan(List.of(new Job(item, file, name)), null);
    }
    if (Files.exists(target) && !Files.isDirectory(target)) {
      throw new UsageException(
          "-o %s: is a file, and several outputs need a folder".formatted(output));
    }
    return new Plan(folderJobs(inputs, target, kind, extension), target);
  }

  /** Whether a path as typed means a folder. */
  public static boolean isFolder(String output) {
    return output.endsWith("/")
        || output.endsWith(File.separator)
        || Files.isDirectory(Path.of(output));
  }

  private static List<Job> folderJobs(Inputs inputs, Path folder, FileKind kind, String extension) {
    List<Job> jobs = new ArrayList<>();
    Map<String, Item> taken = new HashMap<>();
    for (Item item : inputs.items()) {
      String name = outputName(item, kind, extension);
      Item other = taken.put(name, item);
      if (other != null) {
        throw new UsageException(
            "%s and %s would both become %s: run them into two folders"
                .formatted(other.file(), item.file(), folder.resolve(name)));
      }
      jobs.add(new Job(item, folder.resolve(name), name));
    }
    return List.copyOf(jobs);
  }

  private static String outputName(Item item, FileKind kind, String extension) {
    return kind.stem(item.portableName()) + extension;
  }
}
