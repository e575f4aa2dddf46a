package org.vocalise.training.launch;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a trainer may use.
 *
 * @param gpus graphics processors; 0 trains on the CPU
 * @param processes trainers on this machine that share the work, one for each GPU at most
 * @param nodes machines that share the work
 * @param nodeRank which of them this one is, from 0
 * @param rendezvous {@code HOST:PORT} of the first machine, where there are several; null otherwise
 * @param memoryBytes limit of a container; 0 sets none
 * @param sharedMemoryBytes of a container, for what processes hand each other
 * @param network whether a container may use the network
 */
public record Resources(
    int gpus,
    int processes,
    int nodes,
    int nodeRank,
    @Nullable String rendezvous,
    long memoryBytes,
    long sharedMemoryBytes,
    boolean network) {
  private static final Pattern HOST_AND_PORT = Pattern.compile("[A-Za-z0-9.-]+:\\d{1,5}");
  private static final long GIBIBYTE = 1L << 30;

  /** One process on the CPU, a gibibyte of shared memory, no network. */
  public static final Resources DEFAULT = new Resources(0, 1, 1, 0, null, 0, GIBIBYTE, false);

  /** Checks ranges. */
  public Resources {
    if (gpus < 0 || processes < 1 || nodes < 1 || nodeRank < 0 || nodeRank >= nodes) {
      throw new IllegalArgumentException(
          "%d GPUs, %d processes, node %d of %d: GPUs are 0 or more, processes and nodes 1 or more, and nodes count from 0"
              .formatted(gpus, processes, nodeRank, nodes));
    }
    if (gpus > 0 && processes > gpus) {
      throw new IllegalArgumentException(
          processes + " processes for " + gpus + " GPUs: at most one for each");
    }
    if (nodes > 1 && (rendezvous == null || !HOST_AND_PORT.matcher(rendezvous).matches())) {
      throw new IllegalArgumentException(
          nodes + " nodes need --rendezvous HOST:PORT of the first one, not " + rendezvous);
    }
    if (memoryBytes < 0 || sharedMemoryBytes < 0) {
      throw new IllegalArgumentException("memory limits are not negative");
    }
  }

  /** Whether {@code torchrun} starts the trainer. */
  public boolean distributed() {
    return processes > 1 || nodes > 1;
  }
}
