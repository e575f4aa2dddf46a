package org.vocalise.training.cluster;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.vocalise.training.launch.TrainingRequest;

/**
 * A run as a {@code TrainJob} of Kubeflow Trainer 2, API {@code trainer.kubeflow.org/v1alpha1} as
 * of version 2.3. Recordings and runs are on volumes of the cluster; pods that are started again go
 * on from the newest checkpoint.
 *
 * @param name a DNS label: lower-case letters, digits and hyphens, a letter first
 * @param image that the cluster can pull
 * @param request what to train; its folder of recordings is this machine's and not used
 * @param nodes pods that share the work
 * @param processors of each; 0 leaves that to the runtime
 * @param runtime name of a ClusterTrainingRuntime for PyTorch
 * @param dataClaim persistent volume claim of the recordings
 * @param runsClaim persistent volume claim of the runs, which all nodes mount
 */
public record TrainJob(
    String name,
    String image,
    TrainingRequest request,
    int nodes,
    int processors,
    String runtime,
    String dataClaim,
    String runsClaim) {
  /** The container and the replicated job of Trainer's own runtimes. */
  private static final String NODE = "node";

  private static final Pattern LABEL = Pattern.compile("[a-z]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern OBJECT = Pattern.compile("[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?");
  private static final Pattern IMAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:@-]{0,499}");
  private static final String DATA = "/data";
  private static final String RUNS = "/runs";

  /** The user of the image. */
  private static final int USER = 1000;

  /** Checks names and numbers. */
  public TrainJob {
    check(LABEL, name, "job's name", "lower-case letters, digits and hyphens, a letter first");
    check(IMAGE, image, "image", "a name like registry.example.org/vocalise-train:1");
    check(OBJECT, runtime, "runtime", "the name of a ClusterTrainingRuntime");
    check(OBJECT, dataClaim, "data claim", "the name of a PersistentVolumeClaim");
    check(OBJECT, runsClaim, "runs claim", "the name of a PersistentVolumeClaim");
    if (nodes < 1 || processors < 0) {
      throw new IllegalArgumentException(
          nodes + " nodes of " + processors + " processors: at least 1, and not negative");
    }
    if (request.presetIsFile()) {
      throw new IllegalArgumentException(
          "the preset is a file of this machine, "
              + request.preset()
              + ": a cluster's image knows presets by name; say the rest with --set");
    }
    if (request.initial() != null) {
      throw new IllegalArgumentException(
          "the run starts from a file of this machine, "
              + request.initial()
              + ", which no pod has: take a run without --set initial=FILE");
    }
  }

  private static void check(Pattern pattern, String text, String what, String form) {
    if (!pattern.matcher(text).matches()) {
      throw new IllegalArgumentException("the " + what + " '" + text + "' is not " + form);
    }
  }

  /** A run's name as a DNS label. */
  public static String label(String runName) {
    String label = runName.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    label = label.replaceAll("-$", "");
    label = Character.isDigit(label.charAt(0)) ? "run-" + label : label;
    return label.substring(0, Math.min(label.length(), 63)).replaceAll("-$", "");
  }

  /**
   * The document.
   *
   * @param runName folder of the run on the volume of runs
   */
  public Map<String, Object> document(String runName) {
    Map<String, Object> trainer = new LinkedHashMap<>();
    trainer.put("image", image);
    // Trainer tells torchrun nodes, rank and rendezvous by PET_ variables.
    trainer.put("command", List.of("python", "-m", "torch.distributed.run", "-m", "--"));
    trainer.put("args", arguments(runName));
    trainer.put("env", List.of(variable("PYTHONUNBUFFERED", "1")));
    trainer.put("numNodes", nodes);
    trainer.put("numProcPerNode", request.resources().processes());
    Map<String, Object> resources = resources();
    if (!resources.isEmpty()) {
      trainer.put("resourcesPerNode", Map.of("limits", resources));
    }
    Map<String, Object> spec = new LinkedHashMap<>();
    spec.put("runtimeRef", Map.of("name", runtime));
    spec.put("trainer", trainer);
    spec.put("runtimePatches", List.of(patch()));
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("apiVersion", "trainer.kubeflow.org/v1alpha1");
    document.put("kind", "TrainJob");
    document.put("metadata", Map.of("name", name));
    document.put("spec", spec);
    return document;
  }

  private List<String> arguments(String runName) {
    List<String> arguments = new ArrayList<>(List.of("vocalise_train", "train"));
    arguments.addAll(List.of("--preset", request.preset()));
    arguments.addAll(List.of("--data", DATA, "--run", RUNS + "/" + runName));
    request.settings().forEach(setting -> arguments.addAll(List.of("--set", setting)));
    arguments.add("--resume");
    return arguments;
  }

  private Map<String, Object> resources() {
    Map<String, Object> limits = new LinkedHashMap<>();
    if (processors > 0) {
      limits.put("cpu", Integer.toString(processors));
    }
    if (request.resources().memoryBytes() > 0) {
      limits.put("memory", Long.toString(request.resources().memoryBytes()));
    }
    if (request.resources().gpus() > 0) {
      limits.put("nvidia.com/gpu", Integer.toString(request.resources().gpus()));
    }
    return limits;
  }

  /** What a container here has too: its folders, and as few rights as training needs. */
  private Map<String, Object> patch() {
    Map<String, Object> container = new LinkedHashMap<>();
    container.put("name", NODE);
    container.put(
        "securityContext",
        ordered(
            "allowPrivilegeEscalation",
            false,
            "capabilities",
            Map.of("drop", List.of("ALL")),
            "readOnlyRootFilesystem",
            true));
    container.put(
        "volumeMounts",
        List.of(
            ordered("name", "recordings", "mountPath", DATA, "readOnly", true),
            ordered("name", "runs", "mountPath", RUNS),
            ordered("name", "temporary", "mountPath", "/tmp"),
            ordered("name", "shared-memory", "mountPath", "/dev/shm")));
    Map<String, Object> pod = new LinkedHashMap<>();
    pod.put(
        "securityContext",
        ordered("runAsNonRoot", true, "runAsUser", USER, "runAsGroup", USER, "fsGroup", USER));
    pod.put("terminationGracePeriodSeconds", 60);
    pod.put(
        "volumes",
        List.of(
            ordered("name", "recordings", "persistentVolumeClaim", claim(dataClaim, true)),
            ordered("name", "runs", "persistentVolumeClaim", claim(runsClaim, false)),
            ordered("name", "temporary", "emptyDir", Map.of()),
            ordered(
                "name",
                "shared-memory",
                "emptyDir",
                ordered(
                    "medium",
                    "Memory",
                    "sizeLimit",
                    Long.toString(request.resources().sharedMemoryBytes())))));
    pod.put("containers", List.of(container));
    Map<String, Object> job =
        ordered("name", NODE, "template", Map.of("spec", Map.of("template", Map.of("spec", pod))));
    return ordered(
        "manager",
        "vocalise",
        "trainingRuntimeSpec",
        Map.of("template", Map.of("spec", Map.of("replicatedJobs", List.of(job)))));
  }

  private static Map<String, Object> claim(String name, boolean readOnly) {
    return readOnly ? ordered("claimName", name, "readOnly", true) : Map.of("claimName", name);
  }

  private static Map<String, Object> variable(String name, String value) {
    return ordered("name", name, "value", value);
  }

  private static Map<String, Object> ordered(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
