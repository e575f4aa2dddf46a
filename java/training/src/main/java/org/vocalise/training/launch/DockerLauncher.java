package org.vocalise.training.launch;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.command.WaitContainerResultCallback;
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
import java.util.ArrayList;
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
  private static final String OUTPUT = "/output";

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
    TrainerContainer container = TrainerContainer.of(run, request, image());
    claimName(container.name(), run);
    String id;
    try {
      id = create(container).exec().getId();
    } catch (DockerException e) {
      throw new IOException("no container of " + container.image() + ": " + e.getMessage(), e);
    }
    try {
      engine.client().startContainerCmd(id).exec();
    } catch (DockerException e) {
      engine.remove(id);
      throw new IOException("the container does not start: " + cure(e), e);
    }
    return Launch.ofContainer(
        name(),
        request,
        new Launch.ContainerIdentity(id, container.name(), container.image()),
        source);
  }

  /** The image's tag; built where it has gone. */
  String image() throws IOException {
    engine.ping();
    return image.prepare(line -> {});
  }

  DockerEngine engine() {
    return engine;
  }

  /** A container that somebody else has made. */
  Launch.ContainerIdentity identity(TrainerContainer container) throws IOException {
    try {
      String id = engine.client().inspectContainerCmd(container.name()).exec().getId();
      return new Launch.ContainerIdentity(id, container.name(), container.image());
    } catch (DockerException e) {
      throw new IOException("no container " + container.name() + ": " + e.getMessage(), e);
    }
  }

  private CreateContainerCmd create(TrainerContainer container) {
    CreateContainerCmd create =
        engine
            .client()
            .createContainerCmd(container.image())
            .withName(container.name())
            .withUser(container.user())
            .withEntrypoint("python")
            .withCmd(container.arguments())
            .withLabels(container.labels())
            .withHostConfig(
                hostConfig(container.mounts(), container.resources(), container.network()));
    return container.namedLocalhost() ? create.withHostName("localhost") : create;
  }

  /**
   * Makes a container's name free: one of this very run that has ended, or was made and never
   * started, is cleared.
   *
   * @throws InputException if the name is somebody else's
   */
  void claimName(String name, RunDirectory run) throws IOException {
    InspectContainerResponse found;
    try {
      found = engine.client().inspectContainerCmd(name).exec();
    } catch (NotFoundException e) {
      return;
    }
    Map<String, String> labels = found.getConfig().getLabels();
    boolean ours =
        labels != null && run.path().toString().equals(labels.get(TrainerContainer.RUN_LABEL));
    if (!ours || Boolean.TRUE.equals(found.getState().getRunning())) {
      throw new InputException(
          run.path(),
          "the container name %s is in use by a container of the image %s, %s; remove it with"
                  .formatted(name, found.getConfig().getImage(), found.getState().getStatus())
              + " 'docker rm -f "
              + name
              + "' if nobody needs it");
    }
    engine.remove(found.getId());
  }

  private static HostConfig hostConfig(
      List<TrainerContainer.Mount> mounts, Resources resources, String network) {
    HostConfig host =
        HostConfig.newHostConfig()
            .withBinds(mounts.stream().map(DockerLauncher::bind).toList())
            .withInit(true)
            .withCapDrop(Capability.ALL)
            .withSecurityOpts(List.of("no-new-privileges"))
            .withReadonlyRootfs(true)
            .withTmpFs(Map.of("/tmp", "rw,exec,nosuid,nodev"))
            .withPidsLimit(TrainerContainer.MOST_PROCESSES)
            .withShmSize(resources.sharedMemoryBytes())
            .withNetworkMode(network);
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

  private static Bind bind(TrainerContainer.Mount mount) {
    return new Bind(
        mount.folder().toString(),
        new Volume(mount.place()),
        mount.readOnly() ? AccessMode.ro : AccessMode.rw);
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
    String tag = image();
    Path folder =
        Objects.requireNonNull(output.toAbsolutePath().getParent(), "output has no folder");
    String place = TrainerContainer.RUNS + "/" + run.name();
    String from = place;
    if (!checkpoint.equals(run.path())) {
      from += "/" + run.path().relativize(checkpoint).toString().replace('\\', '/');
    }
    List<TrainerContainer.Mount> mounts =
        List.of(
            new TrainerContainer.Mount(run.path(), place, true),
            new TrainerContainer.Mount(folder, OUTPUT, false));
    String id =
        engine
            .client()
            .createContainerCmd(tag)
            .withCmd("export", from, "-o", OUTPUT + "/" + output.getFileName())
            .withLabels(TrainerContainer.labels(run))
            .withUser(TrainerContainer.owner(folder))
            .withHostConfig(hostConfig(mounts, Resources.DEFAULT, "none"))
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
