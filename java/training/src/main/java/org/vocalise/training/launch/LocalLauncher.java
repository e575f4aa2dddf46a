package org.vocalise.training.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.vocalise.training.run.EventTail;
import org.vocalise.training.run.RunDirectory;

/** Runs trainers as processes of this machine. */
public final class LocalLauncher implements Launcher {
  private static final Duration GLANCE = Duration.ofMillis(200);

  /** A session of its own: Ctrl-C and a closed terminal mean this program, not the trainer. */
  private static final String DETACHED =
      "import os, sys; os.setsid(); os.execv(sys.argv[1], sys.argv[1:])";

  /**
   * Memory that a step frees stays with the trainer for the next one, in huge pages; else a step
   * may fault in thousands of pages. Other C libraries than glibc don't look at it.
   */
  private static final String MALLOC =
      "glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=67108864"
          + ":glibc.malloc.trim_threshold=268435456";

  private final TrainerSource source;
  private final PythonEnvironment python;

  /** Those that this object started: only their parent learns how processes end. */
  private final Map<Long, Process> children = new ConcurrentHashMap<>();

  /**
   * Runs the package of a folder.
   *
   * @param interpreter with the package's dependencies; null makes a virtual environment
   */
  public LocalLauncher(TrainerSource source, @Nullable Path interpreter) {
    this.source = source;
    python = new PythonEnvironment(source, interpreter);
  }

  @Override
  public String name() {
    return "local";
  }

  @Override
  public void prepare(Consumer<String> progress) throws IOException, InterruptedException {
    python.prepare(progress);
  }

  @Override
  public Launch start(RunDirectory run, TrainingRequest request) throws IOException {
    String interpreter = python.interpreter().toString();
    List<String> command = new ArrayList<>(List.of(interpreter, "-c", DETACHED, interpreter));
    command.addAll(
        request.command(request.preset(), request.data(), run.path().toString(), run.begun()));
    Process process =
        builder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(run.log().toFile()))
            .start();
    process.getOutputStream().close();
    children.put(process.pid(), process);
    ProcessIdentity identity = ProcessIdentity.of(process.pid());
    if (identity == null) {
      // It has ended already; its birth is nobody's any more.
      identity = new ProcessIdentity(process.pid(), "unknown");
    }
    return new Launch(
        Launch.SCHEMA,
        name(),
        Instant.now().truncatedTo(ChronoUnit.MILLIS).toString(),
        Machine.name(),
        request,
        identity,
        null,
        source.folder().toString(),
        python.given(),
        0);
  }

  private ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("PYTHONPATH", source.folder().toString());
    builder.environment().put("PYTHONUNBUFFERED", "1");
    builder.environment().putIfAbsent("GLIBC_TUNABLES", MALLOC);
    return builder;
  }

  @Override
  public Liveness liveness(Launch launch) {
    ProcessIdentity process = launch.process();
    if (process == null) {
      return new Liveness.Gone();
    }
    if (!launch.host().equals(Machine.name())) {
      return new Liveness.Unknown("it runs on " + launch.host() + ": ask there");
    }
    Process child = children.get(process.pid());
    if (child != null && !child.isAlive()) {
      return new Liveness.Ended(child.exitValue(), false);
    }
    return process.alive() ? new Liveness.Alive() : new Liveness.Gone();
  }

  @Override
  public @Nullable Usage usage(Launch launch) {
    ProcessIdentity process = launch.process();
    return process == null || !process.alive() ? null : Machine.usage(process.pid());
  }

  @Override
  public List<String> lastLines(RunDirectory run, Launch launch, int count) throws IOException {
    return LogFile.lastLines(run.log(), count);
  }

  @Override
  public void follow(RunDirectory run, Launch launch, Consumer<String> lines)
      throws IOException, InterruptedException {
    EventTail tail = new EventTail(run.log());
    EventTail.LineSink sink =
        new EventTail.LineSink() {
          @Override
          public void restart() {}

          @Override
          public void accept(byte[] bytes, int offset, int length) {
            lines.accept(new String(bytes, offset, length, StandardCharsets.UTF_8));
          }
        };
    boolean alive;
    do {
      alive = liveness(launch) instanceof Liveness.Alive;
      tail.poll(sink);
      if (alive) {
        Thread.sleep(GLANCE.toMillis());
      }
    } while (alive);
  }

  @Override
  public boolean stop(Launch launch, Duration grace) throws InterruptedException {
    ProcessIdentity process = launch.process();
    if (process == null || !process.alive()) {
      return true;
    }
    ProcessHandle.of(process.pid()).ifPresent(ProcessHandle::destroy);
    long end = System.nanoTime() + grace.toNanos();
    while (process.alive()) {
      if (System.nanoTime() > end) {
        ProcessHandle.of(process.pid())
            .ifPresent(
                handle -> {
                  handle.descendants().forEach(ProcessHandle::destroyForcibly);
                  handle.destroyForcibly();
                });
        while (process.alive()) {
          Thread.sleep(GLANCE.toMillis());
        }
        return false;
      }
      Thread.sleep(GLANCE.toMillis() / 4);
    }
    return true;
  }

  @Override
  public void clear(RunDirectory run, Launch launch) {
    if (launch.process() != null) {
      children.remove(launch.process().pid());
    }
  }

  @Override
  public void export(RunDirectory run, Launch launch, Path checkpoint, Path output)
      throws IOException, InterruptedException {
    List<String> command =
        List.of(
            python.interpreter().toString(),
            "-m",
            "vocalise_train",
            "export",
            checkpoint.toString(),
            "-o",
            output.toString());
    Path words = Files.createTempFile("vocalise-", ".log");
    try {
      Process process =
          builder(command).redirectErrorStream(true).redirectOutput(words.toFile()).start();
      if (process.waitFor() != 0) {
        throw new IOException("export failed: " + String.join("; ", LogFile.lastLines(words, 3)));
      }
    } finally {
      Files.deleteIfExists(words);
    }
  }
}
