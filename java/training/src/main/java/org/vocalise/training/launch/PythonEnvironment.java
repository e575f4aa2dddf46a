package org.vocalise.training.launch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.io.InputException;

/**
 * The interpreter that a local trainer runs in: the user's, or that of a virtual environment beside
 * the package, which is made on first use (5 GB with PyTorch).
 */
final class PythonEnvironment {
  /** Prints a package's dependencies, one a line. */
  private static final String DEPENDENCIES =
      """
      import sys, tomllib
      for d in tomllib.load(open(sys.argv[1], 'rb'))['project']['dependencies']:
          print(d)
      """;

  /** Compares what is installed with what is asked for. */
  private static final String COMPLETE =
      """
      import sys, tomllib, importlib.metadata as m
      for d in tomllib.load(open(sys.argv[1], 'rb'))['project']['dependencies']:
          name, _, version = d.partition('==')
          assert m.version(name).split('+')[0] == version, d
      """;

  private final TrainerSource source;
  private final @Nullable Path given;

  PythonEnvironment(TrainerSource source, @Nullable Path given) {
    this.source = source;
    this.given = given;
  }

  /** The interpreter, which {@link #prepare} has made. */
  Path interpreter() {
    if (given != null) {
      return given.toAbsolutePath();
    }
    boolean windows = System.getProperty("os.name", "").startsWith("Windows");
    return source.folder().resolve(windows ? ".venv/Scripts/python.exe" : ".venv/bin/python");
  }

  /** The interpreter that the user chose; null if he did not. */
  @Nullable String given() {
    return given == null ? null : given.toAbsolutePath().toString();
  }

  /** Makes the environment where it is missing or incomplete. Several processes take turns. */
  void prepare(Consumer<String> progress) throws IOException, InterruptedException {
    if (given != null) {
      if (!Files.isExecutable(given)) {
        throw new InputException(
            given, "is no Python interpreter that can be run; --python takes the path of one");
      }
      return;
    }
    if (complete()) {
      return;
    }
    Path lock = source.folder().resolve(".venv.lock");
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      if (!held.isValid() || complete()) {
        return;
      }
      progress.accept("making " + source.folder().resolve(".venv") + ", once; 5 GB with PyTorch");
      if (!Files.isExecutable(interpreter())) {
        run(List.of("python3", "-m", "venv", source.folder().resolve(".venv").toString()));
      }
      Path requirements = Files.createTempFile("vocalise-", ".txt");
      try {
        Files.writeString(requirements, run(python("-c", DEPENDENCIES, project())));
        List<String> install = python("-m", "pip", "install", "-q", "-r", requirements.toString());
        Path constraints = source.folder().resolve("constraints.txt");
        if (Files.exists(constraints)) {
          install.addAll(List.of("-c", constraints.toString()));
        }
        run(install);
      } finally {
        Files.deleteIfExists(requirements);
      }
    }
  }

  private boolean complete() throws InterruptedException {
    if (!Files.isExecutable(interpreter())) {
      return false;
    }
    try {
      run(python("-c", COMPLETE, project()));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private String project() {
    return source.folder().resolve("pyproject.toml").toString();
  }

  private List<String> python(String... arguments) {
    List<String> command = new ArrayList<>(List.of(interpreter().toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Runs a command to its end and gives what it printed. */
  static String run(List<String> command) throws IOException, InterruptedException {
    Path output = Files.createTempFile("vocalise-", ".log");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        process.destroy();
        process.waitFor(10, TimeUnit.SECONDS);
        throw e;
      }
      if (process.exitValue() != 0) {
        String words = String.join("; ", LogFile.lastLines(output, 3));
        throw new IOException(command.get(0) + " failed: " + words);
      }
      return Files.readString(output);
    } finally {
      Files.deleteIfExists(output);
    }
  }
}
