package org.vocalise.cli.making;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.vocalise.cli.batch.Console;
import org.vocalise.cli.batch.UsageException;
import org.vocalise.inference.ProgramFolder;

/** A Python that has the package {@code vocalise_train}. Thread-safe. */
public final class PythonEnvironment {
  private static final String FOLDER = "python-train";

  private final Path python;

  private PythonEnvironment(Path python) {
    this.python = python;
  }

  /** What a program said, and how it ended. */
  record Ended(int code, String words) {
    /** The last line, which has the reason of a failure. */
    String lastLine() {
      return words.lines().filter(line -> !line.isBlank()).reduce("", (a, b) -> b);
    }
  }

  /**
   * Finds the environment, or makes it.
   *
   * @param given the user's Python; null for that of the folder {@code python-train} beside the
   *     program
   * @param setUp whether a missing environment is made there
   * @throws UsageException if there is none; it says what to do
   */
  public static PythonEnvironment find(@Nullable Path given, boolean setUp, Console console)
      throws IOException, InterruptedException {
    if (given != null) {
      return checked(given);
    }
    Path project = ProgramFolder.find(FOLDER);
    if (project == null) {
      throw new UsageException(
          "conversion needs Python with the package vocalise_train, and no folder "
              + FOLDER
              + " lies beside this program: give such a Python with --python");
    }
    Path python = project.resolve(".venv").resolve(binary());
    if (!Files.isExecutable(python)) {
      if (!setUp) {
        throw new UsageException(
            "conversion needs Python with PyTorch (5 GB), and %s is not there: say --set-up to make"
                    .formatted(project.resolve(".venv"))
                + " it, or give a Python that has vocalise_train with --python");
      }
      make(project, console);
    }
    return checked(python);
  }

  private static Path binary() {
    boolean windows = System.getProperty("os.name", "").startsWith("Windows");
    return windows ? Path.of("Scripts", "python.exe") : Path.of("bin", "python");
  }

  private static void make(Path project, Console console) throws IOException, InterruptedException {
    Path folder = project.resolve(".venv");
    console.note("making " + folder + " (PyTorch and others, some minutes)");
    Ended made = run(List.of("python3", "-m", "venv", folder.toString()), project);
    if (made.code() != 0) {
      throw new IOException(folder + " can't be made: " + made.lastLine());
    }
    String python = folder.resolve(binary()).toString();
    String packages = project + "[keras]";
    Ended installed = run(List.of(python, "-m", "pip", "install", "-q", "-e", packages), project);
    if (installed.code() != 0) {
      throw new IOException(folder + ": pip failed: " + installed.lastLine());
    }
  }

  private static PythonEnvironment checked(Path python) throws IOException, InterruptedException {
    String cure = "; install the folder python-train into it, or give another with --python";
    try {
      Ended ended = run(List.of(python.toString(), "-c", "import vocalise_train.convert"), null);
      if (ended.code() != 0) {
        throw new UsageException(
            python + " has no working vocalise_train (" + ended.lastLine() + ")" + cure);
      }
    } catch (IOException e) {
      throw new UsageException(python + " can't be run (" + e.getMessage() + ")" + cure);
    }
    return new PythonEnvironment(python);
  }

  /** Runs Python with these arguments, to its end. */
  Ended run(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(python.toString()));
    command.addAll(arguments);
    return run(command, null);
  }

  private static Ended run(List<String> command, @Nullable Path folder)
      throws IOException, InterruptedException {
    Path words = Files.createTempFile("vocalise-", ".txt");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder == null ? null : folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(words.toFile());
      builder.environment().put("PYTHONIOENCODING", "utf-8");
      Process process = builder.start();
      try {
        int code = process.waitFor();
        return new Ended(code, Files.readString(words, StandardCharsets.UTF_8));
      } finally {
        // After Ctrl-C nobody waits for it any more.
        process.destroy();
        if (process.isAlive() && !process.waitFor(2, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      }
    } finally {
      Files.deleteIfExists(words);
    }
  }
}
