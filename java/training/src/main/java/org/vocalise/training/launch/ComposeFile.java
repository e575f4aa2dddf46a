package org.vocalise.training.launch;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run adds to the project's {@code docker-compose.yml}: a second compose file, as the JSON
 * document that every YAML reader takes.
 */
final class ComposeFile {
  /**
   * The service that trains. Its twin for GPUs takes all there are, and lists are only added to.
   */
  static final String SERVICE = "train";

  private ComposeFile() {}

  /** The document that makes the service the container of a run. */
  static Map<String, Object> document(TrainerContainer container) {
    Resources resources = container.resources();
    Map<String, Object> service = new LinkedHashMap<>();
    service.put("image", plain(container.image()));
    service.put("container_name", plain(container.name()));
    service.put("user", container.user());
    service.put("entrypoint", List.of("python"));
    service.put("command", container.arguments().stream().map(ComposeFile::plain).toList());
    service.put("network_mode", container.network());
    if (container.namedLocalhost()) {
      service.put("hostname", "localhost");
    }
    service.put("shm_size", resources.sharedMemoryBytes());
    if (resources.memoryBytes() > 0) {
      service.put("mem_limit", resources.memoryBytes());
      service.put("memswap_limit", resources.memoryBytes());
    }
    Map<String, String> labels = new LinkedHashMap<>();
    container.labels().forEach((key, value) -> labels.put(key, plain(value)));
    service.put("labels", labels);
    service.put("volumes", volumes(container.mounts()));
    if (resources.gpus() > 0) {
      service.put("deploy", Map.of("resources", Map.of("reservations", devices(resources.gpus()))));
    }
    return Map.of("services", Map.of(SERVICE, service));
  }

  private static Map<String, Object> devices(int gpus) {
    return Map.of(
        "devices",
        List.of(Map.of("driver", "nvidia", "count", gpus, "capabilities", List.of("gpu"))));
  }

  private static List<Map<String, Object>> volumes(List<TrainerContainer.Mount> mounts) {
    List<Map<String, Object>> volumes = new ArrayList<>();
    // In place of the folder of all runs: a trainer sees its own.
    volumes.add(Map.of("type", "tmpfs", "target", TrainerContainer.RUNS));
    for (TrainerContainer.Mount mount : mounts) {
      Map<String, Object> volume = new LinkedHashMap<>();
      volume.put("type", "bind");
      volume.put("source", plain(mount.folder().toString()));
      volume.put("target", plain(mount.place()));
      volume.put("read_only", mount.readOnly());
      volumes.add(volume);
    }
    return volumes;
  }

  /** Compose files take a dollar for a variable's. */
  private static String plain(String text) {
    return text.replace("$", "$$");
  }
}
