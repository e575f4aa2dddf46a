package org.vocalise.training.launch;

import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.model.Network;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.io.InputException;
import org.vocalise.training.run.JsonFiles;
import org.vocalise.training.run.RunDirectory;

/**
 * Runs trainers by the project's {@code docker-compose.yml}, with whatever its owner has changed in
 * it and in {@code .env}. Compose makes the containers; all else is asked of the engine.
 */
public final class ComposeLauncher implements Launcher {
  private static final String PROJECT_LABEL = "com.docker.compose.project";

  private final TrainerSource source;
  private final DockerLauncher docker;

  /** Runs images of a package's folder, beside which the compose file lies. */
  public ComposeLauncher(TrainerSource source) {
    this.source = source;
    docker = new DockerLauncher(source);
  }

  @Override
  public String name() {
    return "compose";
  }

  @Override
  public void prepare(Consumer<String> progress) throws IOException, InterruptedException {
    ComposeProgram.find();
    composeFile();
    docker.prepare(progress);
  }

  private Path composeFile() throws IOException {
    Path file = source.folder().resolveSibling("docker-compose.yml");
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          file, "is missing, which --launcher compose starts; --launcher docker needs none");
    }
    return file;
  }

  @Override
  public Launch start(RunDirectory run, TrainingRequest request)
      throws IOException, InterruptedException {
    ComposeProgram program = ComposeProgram.find();
    TrainerContainer container = TrainerContainer.of(run, request, docker.image());
    docker.claimName(container.name(), run);
    JsonFiles.write(run.compose(), ComposeFile.document(container));
    List<String> up = new ArrayList<>(List.of("-p", project(run)));
    up.addAll(List.of("-f", composeFile().toString(), "-f", run.compose().toString()));
    up.addAll(List.of("up", "-d", "--no-build", "--no-deps", "--force-recreate"));
    up.add(ComposeFile.SERVICE);
    try {
      program.run(up);
      return Launch.ofContainer(name(), request, docker.identity(container), source);
    } catch (IOException e) {
      docker.claimName(container.name(), run);
      removeNetworks(run);
      throw e;
    }
  }

  /** One project a run, so that compose takes no other run's container for its own. */
  private static String project(RunDirectory run) {
    return "vocalise-" + TrainerContainer.hash(run);
  }

  @Override
  public Liveness liveness(Launch launch) {
    return docker.liveness(launch);
  }

  @Override
  public @Nullable Usage usage(Launch launch) {
    return docker.usage(launch);
  }

  @Override
  public List<String> lastLines(RunDirectory run, Launch launch, int count) throws IOException {
    return docker.lastLines(run, launch, count);
  }

  @Override
  public void follow(RunDirectory run, Launch launch, Consumer<String> lines)
      throws IOException, InterruptedException {
    docker.follow(run, launch, lines);
  }

  @Override
  public boolean stop(Launch launch, Duration grace) throws IOException {
    return docker.stop(launch, grace);
  }

  @Override
  public void clear(RunDirectory run, Launch launch) throws IOException {
    docker.clear(run, launch);
    if (docker.liveness(launch) instanceof Liveness.Gone) {
      removeNetworks(run);
    }
  }

  /** Compose 1 makes a network for every project, though nothing here is on it. */
  private void removeNetworks(RunDirectory run) throws IOException {
    try {
      for (Network network :
          docker
              .engine()
              .client()
              .listNetworksCmd()
              .withFilter("label", List.of(PROJECT_LABEL + "=" + project(run)))
              .exec()) {
        docker.engine().client().removeNetworkCmd(network.getId()).exec();
      }
    } catch (DockerException e) {
      throw new IOException("compose's network can't be removed: " + e.getMessage(), e);
    }
  }

  @Override
  public void export(RunDirectory run, Launch launch, Path checkpoint, Path output)
      throws IOException, InterruptedException {
    docker.export(run, launch, checkpoint, output);
  }

  @Override
  public void close() {
    docker.close();
  }
}
