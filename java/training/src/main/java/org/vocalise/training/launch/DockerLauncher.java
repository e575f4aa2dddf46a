package org.vocalise.training.launch;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.DeviceRequest;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.io.InputException;
import org.vocalise.training.run.RunDirectory;

/**
 * Runs trainers in containers of a Docker engine: recordings read-only, no capabilities, no network
 * unless asked for, the run's files the user's own.
 */
public final class DockerLauncher implements Launcher {
  /** Label that names the run's folder. */
  static final String RUN_LABEL = "org.vocalise.run";

  private static final String DATA = "/data";
  private static final String RUNS = "/runs/";
  private static final String PRESETS = "/presets/";
  private static final String OUTPUT = "/output";
  private static final long MOST_PROCESSES = 4096;

  private final DockerEngine engine = new DockerEngine();
  private final TrainerSource source;
  private final TrainerImage image;

  /** Runs images of a package's folder. */
  public DockerLauncher(TrainerSource source) {
    this.source = source;
    image = new TrainerImage(engine.client(), source);
  }

  @Override
  public String name() {
    return "docker";
  }

  @Override
  public void prepare(Consumer<String> progress) throws IOException {
    engine.ping();
    image.prepare(progress);
  }

  @Override
  public Launch start(RunDirectory run, TrainingRequest request) throws IOException {
    engine.ping();
    String tag = image.prepare(line -> {});
    String preset = request.preset();
    List<Bind> binds = new ArrayList<>();
    binds.add(bind(request.dataFolder(), DATA, AccessMode.ro));
    binds.add(bind(run.path(), RUNS + run.name(), AccessMode.rw));
    if (request.presetIsFile()) {
      Path file = Path.of(preset);
      // Its parents may lie beside it.
      binds.add(bind(file.resolveSibling("."), PRESETS, AccessMode.ro));
      preset = PRESETS + file.getFileName();
    }
    List<String> command = request.command(preset, DATA, RUNS + run.name(), run.begun());
    String name = containerName(run);
    String id;
    try {
      id =
          create(name, run, tag, command, hostConfig(binds, request.resources()))
              .withUser(owner(run.path()))
              .exec()
              .getId();
    } catch (ConflictException e) {
      throw nameInUse(name, run, e);
    } catch (DockerException e) {
      throw new IOException("no container of " + tag + ": " + e.getMessage(), e);
    }
    try {
      engine.client().startContainerCmd(id).exec();
    } catch (DockerException e) {
      engine.remove(id);
      throw new IOException("the container does not start: " + cure(e), e);
    }
    return new Launch(
        Launch.SCHEMA,
        name(),
        Instant.now().truncatedTo(ChronoUnit.MILLIS).toString(),
        Machine.name(),
        request,
        null,
        new Launch.ContainerIdentity(id, name, tag),
        source.folder().toString(),
        null,
        0);
  }

  private CreateContainerCmd create(
      String name, RunDirectory run, String tag, List<String> command, HostConfig host) {
    removeLeftOver(name, run);
    CreateContainerCmd create =
        engine
            .client()
            .createContainerCmd(tag)
            .withName(name)
            .withEntrypoint("python")
            .withCmd(command)
            .withLabels(Map.of(RUN_LABEL, run.path().toString()))
            .withHostConfig(host);
    // Without network nobody knows the container's name, by which its processes find each other.
    return "none".equals(host.getNetworkMode()) ? create.withHostName("localhost") : create;
  }

  /** A container of this very run that has ended, or was made and never started, is cleared. */
  private void removeLeftOver(String name, RunDirectory run) {
    try {
      InspectContainerResponse found = engine.client().inspectContainerCmd(name).exec();
      Map<String, String> labels = found.getConfig().getLabels();
      boolean ours = labels != null && run.path().toString().equals(labels.get(RUN_LABEL));
      if (ours && !Boolean.TRUE.equals(found.getState().getRunning())) {
        engine.client().removeContainerCmd(found.getId()).exec();
      }
    } catch (NotFoundException e) {
      // The usual case.
    }
  }

  private static HostConfig hostConfig(List<Bind> binds, Resources resources) {
    HostConfig host =
        HostConfig.newHostConfig()
            .withBinds(binds)
            .withInit(true)
            .withCapDrop(Capability.ALL)
            .withSecurityOpts(List.of("no-new-privileges"))
            .withReadonlyRootfs(true)
            .withTmpFs(Map.of("/tmp", "rw,exec,nosuid,nodev"))
            .withPidsLimit(MOST_PROCESSES)
            .withShmSize(resources.sharedMemoryBytes())
            .withNetworkMode(
                resources.nodes() > 1 ? "host" : resources.network() ? "bridge" : "none");
    if (resources.memoryBytes() > 0) {
      host.withMemory(resources.memoryBytes()).withMemorySwap(resources.memoryBytes());
    }
    if (resources.gpus() > 0) {
      host.withDeviceRequests(
          List.of(
              new DeviceRequest()
                  .withCount(resources.gpus())
                  .withCapabilities(List.of(List.of("gpu")))));
    }
    return host;
  }

  private static Bind bind(Path path, String place, AccessMode mode) {
    return new Bind(path.toAbsolutePath().normalize().toString(), new Volume(place), mode);
  }

  /** User and group of a folder, whom the trainer's files then belong to. */
  private static String owner(Path folder) throws IOException {
    Map<String, Object> owner = Files.readAttributes(folder, "unix:uid,gid");
    return owner.get("uid") + ":" + owner.get("gid");
  }

  /** Unique on this machine, and tells which run it is. */
  static String containerName(RunDirectory run) {
    String place = HexFormat.of().toHexDigits(run.path().toString().hashCode());
    return "vocalise-" + run.name() + "-" + place;
  }

  private InputException nameInUse(String name, RunDirectory run, ConflictException fault) {
    String what = "another container";
    try {
      InspectContainerResponse found = engine.client().inspectContainerCmd(name).exec();
      what =
          "a container of the image "
              + found.getConfig().getImage()
              + ", "
              + found.getState().getStatus();
    } catch (DockerException e) {
      // It has gone since; the user may try again.
    }
    return (InputException)
        new InputException(
                run.path(),
                "the container name "
                    + name
                    + " is in use by "
                    + what
                    + "; remove it with 'docker rm -f "
                    + name
                    + "' if nobody needs it")
            .initCause(fault);
  }

  private static String cure(DockerException fault) {
    String message = String.valueOf(fault.getMessage());
    return message.contains("could not select device driver")
        ? "the engine has no GPU support: install the NVIDIA Container Toolkit (" + message + ")"
        : message;
  }

  @Override
  public Liveness liveness(Launch launch) {
    Launch.ContainerIdentity container = launch.container();
    return container == null ? new Liveness.Gone() : engine.liveness(container.id());
  }

  @Override
  public @Nullable Usage usage(Launch launch) {
    return launch.container() == null ? null : engine.usage(launch.container().id());
  }

  @Override
  public List<String> lastLines(RunDirectory run, Launch launch, int count) throws IOException {
    List<String> lines = new ArrayList<>(LogFile.lastLines(run.log(), count));
    if (launch.container() != null) {
      lines.addAll(engine.lastLines(launch.container().id(), count));
    }
    return lines.subList(Math.max(0, lines.size() - count), lines.size());
  }

  @Override
  public void follow(RunDirectory run, Launch launch, Consumer<String> lines)
      throws IOException, InterruptedException {
    LogFile.lastLines(run.log(), Integer.MAX_VALUE).forEach(lines);
    if (launch.container() != null) {
      engine.logs(launch.container().id(), -1, true, lines);
    }
  }

  @Override
  public boolean stop(Launch launch, Duration grace) throws IOException {
    return launch.container() == null || engine.stop(launch.container().id(), grace);
  }

  @Override
  public void clear(RunDirectory run, Launch launch) throws IOException {
    if (launch.container() == null) {
      return;
    }
    String id = launch.container().id();
    if (engine.liveness(id) instanceof Liveness.Ended) {
      List<String> lines = new ArrayList<>();
      try {
        engine.logs(id, -1, false, lines::add);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      if (Files.isDirectory(run.path())) {
        LogFile.append(run.log(), lines);
      }
      engine.remove(id);
    }
  }

  @Override
  public void export(RunDirectory run, Launch launch, Path checkpoint, Path output)
      throws IOException, InterruptedException {
    engine.ping();
    String tag = image.prepare(line -> {});
    Path folder =
        Objects.requireNonNull(output.toAbsolutePath().getParent(), "output has no folder");
    String from = RUNS + run.name();
    if (!checkpoint.equals(run.path())) {
      from += "/" + run.path().relativize(checkpoint).toString().replace('\\', '/');
    }
    List<Bind> binds =
        List.of(
            bind(run.path(), RUNS + run.name(), AccessMode.ro),
            bind(folder, OUTPUT, AccessMode.rw));
    String id =
        engine
            .client()
            .createContainerCmd(tag)
            .withCmd("export", from, "-o", OUTPUT + "/" + output.getFileName())
            .withLabels(Map.of(RUN_LABEL, run.path().toString()))
            .withUser(owner(folder))
            .withHostConfig(hostConfig(binds, Resources.DEFAULT))
            .exec()
            .getId();
    try {
      engine.client().startContainerCmd(id).exec();
      int code =
          engine
              .client()
              .waitContainerCmd(id)
              .exec(new WaitContainerResultCallback())
              .awaitStatusCode();
      if (code != 0) {
        String words = String.join("; ", engine.lastLines(id, 3));
        throw new IOException("export failed: " + words);
      }
    } finally {
      engine.client().removeContainerCmd(id).withForce(true).exec();
    }
  }

  @Override
  public void close() {
    try {
      engine.close();
    } catch (IOException e) {
      // Nothing was left unsaid on the connection.
    }
  }
}
