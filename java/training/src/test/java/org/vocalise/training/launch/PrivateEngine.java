package org.vocalise.training.launch;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A Docker engine of a test's own, which it may stop and kill. Needs root and {@code dockerd}. */
final class PrivateEngine implements Closeable {
  private static final Path DAEMON = Path.of("/usr/sbin/dockerd");
  private static final String HOST = "DOCKER_HOST";

  private final Path folder;
  private @Nullable Process daemon;

  /** Makes one and points this JVM's clients to it; the test is skipped where there can be none. */
  PrivateEngine() throws Exception {
    boolean possible = Files.isExecutable(DAEMON) && "root".equals(System.getProperty("user.name"));
    if (!"required".equals(System.getenv("VOCALISE_ENGINE"))) {
      assumeTrue(possible, "an engine to stop needs root and " + DAEMON);
    }
    // Not in a file system in memory: images go there.
    folder = Files.createTempDirectory(Path.of("/var/tmp"), "vocalise-engine-");
    System.setProperty(HOST, "unix://" + folder.resolve("socket"));
    start();
  }

  /** Starts the engine, with the images and containers it had. */
  void start() throws Exception {
    daemon =
        new ProcessBuilder(
                List.of(
                    // Else it would take the machine's bridge, docker0, away.
                    "unshare",
                    "--net",
                    DAEMON.toString(),
                    "--host=unix://" + folder.resolve("socket"),
                    "--data-root=" + folder.resolve("data"),
                    "--exec-root=" + folder.resolve("exec"),
                    "--pidfile=" + folder.resolve("pid"),
                    "--bridge=none",
                    "--iptables=false",
                    "--ip6tables=false"))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
            .start();
    while (true) {
      try (DockerEngine engine = new DockerEngine()) {
        engine.ping();
        return;
      } catch (IOException e) {
        if (!daemon.isAlive()) {
          throw new IOException("dockerd: " + LogFile.lastLines(folder.resolve("log"), 10), e);
        }
        Thread.sleep(100);
      }
    }
  }

  /** Copies an image from another engine. */
  void copy(DockerEngine other, String tag) throws IOException {
    try (DockerEngine engine = new DockerEngine();
        InputStream image = other.client().saveImageCmd(tag).exec()) {
      engine.client().loadImageCmd(image).exec();
    }
  }

  /** Stops it as a machine does that shuts down: containers are asked to end. */
  void stop() throws InterruptedException {
    end(false);
  }

  /** Kills it; containers run on until it comes back. */
  void kill() throws InterruptedException, IOException {
    end(true);
    Files.deleteIfExists(folder.resolve("pid"));
    // Its containerd ends with it; where nobody reaps it, the engine would take it for alive.
    Files.deleteIfExists(folder.resolve("exec/containerd/containerd.pid"));
  }

  private void end(boolean forcibly) throws InterruptedException {
    Process running = daemon;
    if (running != null) {
      ProcessHandle handle = running.toHandle();
      if (forcibly) {
        handle.destroyForcibly();
      } else {
        handle.destroy();
      }
      running.waitFor();
    }
  }

  @Override
  public void close() throws IOException {
    System.clearProperty(HOST);
    try {
      stop();
      String clear =
          "awk -v f=\"$0\" 'index($2, f) == 1 {print $2}' /proc/mounts | sort -r | xargs -r umount;"
              + " rm -rf \"$0\"";
      new ProcessBuilder("sh", "-c", clear, folder.toString())
          .start()
          .waitFor(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
