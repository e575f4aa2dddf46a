package org.vocalise.training.launch;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.MemoryStatsConfig;
import com.github.dockerjava.api.model.Statistics;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A Docker engine: that of {@code DOCKER_HOST}, or the machine's own. Thread-safe. */
final class DockerEngine implements Closeable {
  private static final int SECONDS_TO_CONNECT = 5;
  private static final int SECONDS_FOR_STATISTICS = 10;
  private static final double NANOSECONDS = 1e9;

  private final String place;
  private final DockerClient client;

  DockerEngine() {
    DefaultDockerClientConfig config =
        DefaultDockerClientConfig.createDefaultConfigBuilder().build();
    place = config.getDockerHost().toString();
    client =
        DockerClientImpl.getInstance(
            config,
            new ZerodepDockerHttpClient.Builder()
                .dockerHost(config.getDockerHost())
                .sslConfig(config.getSSLConfig())
                .connectionTimeout(Duration.ofSeconds(SECONDS_TO_CONNECT))
                .build());
  }

  DockerClient client() {
    return client;
  }

  /** Refuses an engine that does not answer. */
  void ping() throws IOException {
    try {
      client.pingCmd().exec();
    } catch (RuntimeException e) {
      throw new IOException(silence(e), e);
    }
  }

  /** Why the engine does not answer, and what to do. */
  String silence(RuntimeException fault) {
    Throwable root = fault;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return "no Docker engine answers at "
        + place
        + " ("
        + root.getMessage()
        + "): start it, or train with --launcher local";
  }

  Liveness liveness(String container) {
    try {
      InspectContainerResponse.ContainerState state =
          client.inspectContainerCmd(container).exec().getState();
      if (Boolean.TRUE.equals(state.getRunning()) || "created".equals(state.getStatus())) {
        return new Liveness.Alive();
      }
      Long code = state.getExitCodeLong();
      return new Liveness.Ended(
          code == null ? -1 : code.intValue(), Boolean.TRUE.equals(state.getOOMKilled()));
    } catch (NotFoundException e) {
      return new Liveness.Gone();
    } catch (RuntimeException e) {
      return new Liveness.Unknown(silence(e));
    }
  }

  /** What a container uses; null if it is not there. */
  @Nullable Usage usage(String container) {
    AtomicReference<Statistics> found = new AtomicReference<>();
    ResultCallback.Adapter<Statistics> callback =
        new ResultCallback.Adapter<>() {
          @Override
          public void onNext(Statistics statistics) {
            found.set(statistics);
          }
        };
    try {
      client.statsCmd(container).withNoStream(true).exec(callback);
      callback.awaitCompletion(SECONDS_FOR_STATISTICS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    } catch (RuntimeException e) {
      return null;
    }
    Statistics statistics = found.get();
    if (statistics == null || statistics.getMemoryStats().getUsage() == null) {
      return null;
    }
    MemoryStatsConfig memory = statistics.getMemoryStats();
    // Files that were read are in the engine's count and can be given up at any time.
    Long cache = memory.getStats() == null ? null : memory.getStats().getTotalInactiveFile();
    if (cache == null && memory.getStats() != null) {
      cache = memory.getStats().getInactiveFile();
    }
    Long cpu = statistics.getCpuStats().getCpuUsage().getTotalUsage();
    return new Usage(
        memory.getUsage() - (cache == null ? 0 : cache),
        memory.getLimit() == null ? 0 : memory.getLimit(),
        cpu == null ? 0 : cpu / NANOSECONDS);
  }

  /** The last lines of a container that is there; none if it is not. */
  List<String> lastLines(String container, int count) {
    List<String> lines = new ArrayList<>();
    try {
      logs(container, count, false, lines::add);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      return List.of();
    }
    return lines;
  }

  /**
   * Gives the lines that a container printed.
   *
   * @param count the last so many; negative gives all
   * @param follow whether to go on until it ends
   */
  void logs(String container, int count, boolean follow, Consumer<String> lines)
      throws InterruptedException {
    StringBuilder rest = new StringBuilder();
    ResultCallback.Adapter<Frame> callback =
        new ResultCallback.Adapter<>() {
          @Override
          public void onNext(Frame frame) {
            rest.append(new String(frame.getPayload(), StandardCharsets.UTF_8));
            int end = rest.indexOf("\n");
            while (end >= 0) {
              lines.accept(rest.substring(0, end));
              rest.delete(0, end + 1);
              end = rest.indexOf("\n");
            }
          }
        };
    var command =
        client
            .logContainerCmd(container)
            .withStdOut(true)
            .withStdErr(true)
            .withFollowStream(follow);
    (count < 0 ? command.withTailAll() : command.withTail(count)).exec(callback);
    try {
      callback.awaitCompletion();
    } catch (NotFoundException e) {
      // Cleared away meanwhile: it has ended, and its lines are in the run's log.
      return;
    }
    if (!rest.isEmpty()) {
      lines.accept(rest.toString());
    }
  }

  /** Ends a container; whether it did so by itself. */
  boolean stop(String container, Duration grace) throws IOException {
    try {
      client
          .stopContainerCmd(container)
          .withTimeout((int) Math.min(Integer.MAX_VALUE, (grace.toMillis() + 999) / 1000))
          .exec();
    } catch (NotFoundException | NotModifiedException e) {
      return true;
    } catch (RuntimeException e) {
      throw new IOException(silence(e), e);
    }
    return !(liveness(container) instanceof Liveness.Ended ended && ended.exitCode() == 137);
  }

  void remove(String container) throws IOException {
    try {
      client.removeContainerCmd(container).withRemoveVolumes(true).exec();
    } catch (NotFoundException e) {
      // Somebody else has cleared it away.
    } catch (RuntimeException e) {
      throw new IOException("container " + container + " can't be removed: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
