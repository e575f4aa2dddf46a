package org.vocalise.cli.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Command lines of what is compared. */
final class Commands {
  /** Environment that keeps the pools of numerical libraries from starting. */
  static final Map<String, String> ONE_THREAD =
      Map.of(
          "OMP_NUM_THREADS", "1",
          "MKL_NUM_THREADS", "1",
          "OPENBLAS_NUM_THREADS", "1",
          "NUMBA_NUM_THREADS", "1");

  private Commands() {}

  /** This program as its user starts it. */
  static List<String> vocalise(String... arguments) {
    List<String> command = new ArrayList<>();
    // The script sets it, so that its own time and its class-data sharing count.
    String launcher = System.getProperty("vocalise.launcher");
    if (launcher != null) {
      command.add(launcher);
    } else {
      command.addAll(java());
      command.add("org.vocalise.cli.Main");
    }
    command.addAll(List.of(arguments));
    return command;
  }

  /** A class of this program in a JVM of its own. */
  static List<String> ofClass(Class<?> main) {
    List<String> command = java();
    command.add(main.getName());
    return command;
  }

  /** The side of librosa and torchaudio, from a script in a folder of temporary files. */
  static List<String> python(Path interpreter, Path folder, String... arguments)
      throws IOException {
    return script("peers.py", interpreter, folder, arguments);
  }

  /** The side of PyTorch and of ONNX Runtime from Python. */
  static List<String> modelPython(Path interpreter, Path folder, String... arguments)
      throws IOException {
    return script("model_peers.py", interpreter, folder, arguments);
  }

  /** The side of auraloss and torchcrepe. */
  static List<String> scorePython(Path interpreter, Path folder, String... arguments)
      throws IOException {
    return script("score_peers.py", interpreter, folder, arguments);
  }

  private static List<String> script(
      String name, Path interpreter, Path folder, String... arguments) throws IOException {
    Path script = folder.resolve(name);
    try (InputStream resource = Commands.class.getResourceAsStream(name)) {
      if (resource == null) {
        throw new IOException(name + " is not in the program's jar");
      }
      if (Files.notExists(script)) {
        Files.copy(resource, script);
      }
    }
    List<String> command = new ArrayList<>(List.of(interpreter.toString(), script.toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** The command on one processor core, where {@code taskset} is there to bind it. */
  static List<String> onOneCore(List<String> command) {
    if (!canPin()) {
      return command;
    }
    return pinned("0", command);
  }

  /** The command on two processor cores, where {@code taskset} is there to bind it. */
  static List<String> onTwoCores(List<String> command) {
    boolean more = Runtime.getRuntime().availableProcessors() > 2;
    return more && canPin() ? pinned("0,1", command) : command;
  }

  private static List<String> pinned(String cores, List<String> command) {
    List<String> pinned = new ArrayList<>(List.of("taskset", "-c", cores));
    pinned.addAll(command);
    return pinned;
  }

  /** Whether {@link #onOneCore} binds. */
  static boolean canPin() {
    try {
      return new ProcessBuilder("taskset", "-c", "0", "true").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static List<String> java() {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String classPath = System.getProperty("java.class.path");
    return new ArrayList<>(List.of(java.toString(), "-XX:+UseSerialGC", "-cp", classPath));
  }
}
