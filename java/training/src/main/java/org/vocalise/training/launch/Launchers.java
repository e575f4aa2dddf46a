package org.vocalise.training.launch;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The launchers by name, each made when it is first asked for. Thread-safe. */
public final class Launchers implements AutoCloseable {
  private final @Nullable Path trainer;
  private final @Nullable Path interpreter;
  private final Map<String, Launcher> made = new LinkedHashMap<>();

  /**
   * Launchers of one trainer.
   *
   * @param trainer folder of the Python package; null finds it
   * @param interpreter of local runs; null makes a virtual environment
   */
  public Launchers(@Nullable Path trainer, @Nullable Path interpreter) {
    this.trainer = trainer;
    this.interpreter = interpreter;
  }

  /** The launcher of a new run. */
  public synchronized Launcher named(String name) throws IOException {
    return get(name, TrainerSource.find(trainer), interpreter);
  }

  /** The launcher of a run that was started. */
  public Launcher of(Launch launch) {
    return of(launch, launch.launcher());
  }

  /** A launcher of the trainer that a run was started with, by its name. */
  public synchronized Launcher of(Launch launch, String name) {
    Path python = launch.python() == null ? interpreter : Path.of(launch.python());
    return get(name, new TrainerSource(Path.of(launch.trainer())), python);
  }

  private Launcher get(String name, TrainerSource source, @Nullable Path python) {
    String key = name + ":" + source.folder() + ":" + python;
    Launcher known = made.get(key);
    if (known != null) {
      return known;
    }
    Launcher launcher =
        switch (name) {
          case "local" -> new LocalLauncher(source, python);
          case "docker" -> new DockerLauncher(source);
          case "compose" -> new ComposeLauncher(source);
          default -> throw new IllegalArgumentException("no launcher " + name);
        };
    made.put(key, launcher);
    return launcher;
  }

  /** Closes those that were made; trainers go on. */
  @Override
  public synchronized void close() {
    made.values().forEach(Launcher::close);
    made.clear();
  }
}
