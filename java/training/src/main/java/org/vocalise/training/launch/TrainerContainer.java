package org.vocalise.training.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.vocalise.training.run.RunDirectory;

/**
 * The container of a run's trainer, whoever makes it.
 *
 * @param name unique on this machine, and tells which run it is
 * @param image its tag
 * @param user user and group as numbers, whom the run's files then belong to
 * @param arguments of the interpreter
 * @param mounts folders and files of this machine
 * @param resources what it may use
 * @param labels that find it again
 */
record TrainerContainer(
    String name,
    String image,
    String user,
    List<String> arguments,
    List<Mount> mounts,
    Resources resources,
    Map<String, String> labels) {
  /** Label that names the run's folder. */
  static final String RUN_LABEL = "org.vocalise.run";

  /** Where all runs are, seen from inside. */
  static final String RUNS = "/runs";

  /** The most processes and threads. */
  static final long MOST_PROCESSES = 4096;

  private static final String DATA = "/data";
  private static final String PRESETS = "/presets/";
  private static final String INITIAL = "/initial/";

  /**
   * A folder of this machine in a container, or a file.
   *
   * @param folder absolute
   * @param place absolute, inside
   */
  record Mount(Path folder, String place, boolean readOnly) {
    Mount {
      folder = folder.toAbsolutePath().normalize();
    }
  }

  /** The container that trains a run, or goes on with it. */
  static TrainerContainer of(RunDirectory run, TrainingRequest request, String image)
      throws IOException {
    String preset = request.preset();
    String place = RUNS + "/" + run.name();
    List<Mount> mounts = new ArrayList<>();
    mounts.add(new Mount(request.dataFolder(), DATA, true));
    mounts.add(new Mount(run.path(), place, false));
    if (request.presetIsFile()) {
      Path file = Path.of(preset);
      // Its parents may lie beside it.
      mounts.add(new Mount(file.resolveSibling("."), PRESETS, true));
      preset = PRESETS + file.getFileName();
    }
    TrainingRequest inside = request;
    Path initial = request.initial();
    // A run that has checkpoints of its own goes on without it; the engine would make a folder.
    if (initial != null && Files.isRegularFile(initial)) {
      String there = INITIAL + initial.getFileName();
      mounts.add(new Mount(initial, there, true));
      inside = request.with(InitialCheckpoint.at(there, request.settings()));
    }
    return new TrainerContainer(
        name(run),
        image,
        owner(run.path()),
        inside.command(preset, DATA, place, run.begun()),
        mounts,
        request.resources(),
        labels(run));
  }

  static Map<String, String> labels(RunDirectory run) {
    return Map.of(RUN_LABEL, run.path().toString());
  }

  static String name(RunDirectory run) {
    return "vocalise-" + run.name() + "-" + hash(run);
  }

  /** Tells runs of one name in several folders apart. */
  static String hash(RunDirectory run) {
    return HexFormat.of().toHexDigits(run.path().toString().hashCode());
  }

  /** User and group of a folder. */
  static String owner(Path folder) throws IOException {
    Map<String, Object> owner = Files.readAttributes(folder, "unix:uid,gid");
    return owner.get("uid") + ":" + owner.get("gid");
  }

  /** Engines' word for the network it gets. */
  String network() {
    return resources.nodes() > 1 ? "host" : resources.network() ? "bridge" : "none";
  }

  /** Without network nobody knows a container's name, by which its processes find each other. */
  boolean namedLocalhost() {
    return network().equals("none");
  }
}
