package org.vocalise.training.run;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.vocalise.dsp.io.FileFaults;
import org.vocalise.dsp.io.InputException;

/**
 * The folder of all runs.
 *
 * @param folder holds one folder for each run; need not exist
 */
public record Runs(Path folder) {
  /** A run that was started. */
  public RunDirectory find(RunName name) throws IOException {
    Path path = folder.resolve(name.text());
    RunDirectory run = new RunDirectory(path);
    if (isRun(path)) {
      return run;
    }
    List<String> names = all().stream().map(RunDirectory::name).toList();
    String known = names.isEmpty() ? "there are none yet" : "there are " + String.join(", ", names);
    throw new InputException(path, "no run of this name; " + known);
  }

  /**
   * Makes the folder of a new run.
   *
   * @throws InputException if the name is in use, or no folder can be made there
   */
  public RunDirectory create(RunName name) throws IOException {
    Path path = folder.resolve(name.text());
    try {
      Files.createDirectories(folder);
    } catch (FileSystemException e) {
      throw unwritable(e);
    }
    try {
      Files.createDirectory(path);
    } catch (FileAlreadyExistsException e) {
      throw (InputException)
          new InputException(
                  path,
                  "exists; take another --name, go on with it by 'vocalise train resume "
                      + name
                      + "', or delete it with 'vocalise train rm "
                      + name
                      + "'")
              .initCause(e);
    } catch (FileSystemException e) {
      throw unwritable(e);
    }
    return new RunDirectory(path);
  }

  private InputException unwritable(FileSystemException cause) {
    String reason =
        cause instanceof FileAlreadyExistsException ? "it is no folder" : FileFaults.reason(cause);
    InputException refused =
        new InputException(
            folder,
            "no run can be made in there: "
                + reason
                + "; let its owner give you leave to write, or take another with --runs");
    refused.initCause(cause);
    return refused;
  }

  /** All runs in the order of their names. */
  public List<RunDirectory> all() throws IOException {
    List<RunDirectory> runs = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(folder)) {
      for (Path path : folders) {
        if (isRun(path)) {
          runs.add(new RunDirectory(path));
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    }
    runs.sort(Comparator.comparing(RunDirectory::name));
    return runs;
  }

  /** Deletes a run's folder; a link in it goes, what it points to stays. */
  public static void delete(RunDirectory run) throws IOException {
    if (Files.isSymbolicLink(run.path())) {
      throw new InputException(run.path(), "is a link: delete it, and what it points to, yourself");
    }
    Files.walkFileTree(
        run.path(),
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path directory, @org.jspecify.annotations.Nullable IOException fault)
              throws IOException {
            if (fault != null) {
              throw fault;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static boolean isRun(Path path) {
    return Files.isRegularFile(path.resolve("launch.json"), LinkOption.NOFOLLOW_LINKS)
        || Files.isRegularFile(path.resolve("events.jsonl"), LinkOption.NOFOLLOW_LINKS);
  }
}
