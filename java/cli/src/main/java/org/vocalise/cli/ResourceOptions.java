package org.vocalise.cli;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.vocalise.cli.batch.UsageException;
import org.vocalise.training.launch.Resources;
import picocli.CommandLine.Option;

/** What a trainer may use. */
final class ResourceOptions {
  @Option(names = "--gpus", paramLabel = "N", description = "GPUs; default: as before, or 0.")
  private @Nullable Integer gpus;

  @Option(
      names = "--processes",
      paramLabel = "N",
      description = "Trainers on this machine that share the work; default: one for each GPU.")
  private @Nullable Integer processes;

  @Option(names = "--nodes", paramLabel = "N", description = "Machines that share the work.")
  private @Nullable Integer nodes;

  @Option(
      names = "--node-rank",
      paramLabel = "N",
      description = "Which of them this is, from 0; start the run on each.")
  private @Nullable Integer nodeRank;

  @Option(
      names = "--rendezvous",
      paramLabel = "HOST:PORT",
      description = "Where the machines meet: the first one, and a free port of it.")
  private @Nullable String rendezvous;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description = "Most memory of a container, like 8g.")
  private @Nullable String memory;

  @Option(
      names = "--shared-memory",
      paramLabel = "SIZE",
      description = "Shared memory of a container; default: 1g.")
  private @Nullable String sharedMemory;

  @Option(
      names = "--network",
      negatable = true,
      description = "Give a container the network, which training does not need.")
  private @Nullable Boolean network;

  /** What was asked for; where nothing was, as before. */
  Resources resources(Resources before) {
    int gpuCount = gpus == null ? before.gpus() : gpus;
    int processCount =
        processes != null ? processes : gpus != null ? Math.max(1, gpus) : before.processes();
    int nodeCount = nodes == null ? before.nodes() : nodes;
    try {
      return new Resources(
          gpuCount,
          processCount,
          nodeCount,
          nodeRank == null ? before.nodeRank() : nodeRank,
          rendezvous == null ? before.rendezvous() : rendezvous,
          memory == null ? before.memoryBytes() : bytes("--memory", memory),
          sharedMemory == null
              ? before.sharedMemoryBytes()
              : bytes("--shared-memory", sharedMemory),
          network == null ? before.network() || nodeCount > 1 : network);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  /** A size like 512m or 8g, in bytes. */
  static long bytes(String option, String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    if (!lower.matches("\\d{1,9}[bkmg]?")) {
      throw new UsageException(option + " is '" + text + "', not a size like 512m or 8g");
    }
    char unit = lower.charAt(lower.length() - 1);
    long number = Long.parseLong(lower.replaceAll("\\D", ""));
    return number << (unit == 'g' ? 30 : unit == 'm' ? 20 : unit == 'k' ? 10 : 0);
  }
}
