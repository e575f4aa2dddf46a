package org.vocalise.cli;

import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.vocalise.cli.batch.Console;
import org.vocalise.cli.batch.ExitCode;
import org.vocalise.cli.batch.UsageException;
import org.vocalise.dsp.io.AtomicFile;
import org.vocalise.training.cluster.TrainJob;
import org.vocalise.training.launch.Launch;
import org.vocalise.training.launch.Resources;
import org.vocalise.training.launch.TrainingRequest;
import org.vocalise.training.run.RunDirectory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vocalise train manifest}. */
@Command(
    name = "manifest",
    description = {
      "Write a run's preset and settings as a TrainJob of Kubeflow Trainer 2, for 'kubectl apply'.",
      "The cluster has the recordings and a place for runs on volumes, and can pull the image."
    },
    footer = {
      "",
      "Example:",
      "  vocalise train manifest first --image registry.example.org/vocalise-train:1 --nodes 2 \\",
      "    --gpus 4 -o first.yaml"
    })
final class TrainManifest implements Callable<Integer> {
  @Parameters(paramLabel = "RUN", description = "Name of the run.")
  private String name = "";

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE",
      description = "The YAML file to write.")
  private Path target = Path.of("");

  @Option(
      names = "--image",
      required = true,
      paramLabel = "NAME",
      description = "The trainer's image, where the cluster can pull it from.")
  private String image = "";

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "Pods that share the work; default: ${DEFAULT-VALUE}.",
      defaultValue = "1")
  private int nodes = 1;

  @Option(names = "--gpus", paramLabel = "N", description = "GPUs of each; default: the run's.")
  private @Nullable Integer gpus;

  @Option(
      names = "--processes",
      paramLabel = "N",
      description = "Trainers in each; default: one for each GPU.")
  private @Nullable Integer processes;

  @Option(
      names = "--cpus",
      paramLabel = "N",
      description = "Processors of each; default: what the runtime says.",
      defaultValue = "0")
  private int processors;

  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description = "Most memory of each, like 16g; default: the run's.")
  private @Nullable String memory;

  @Option(
      names = "--data-claim",
      paramLabel = "NAME",
      description = "PersistentVolumeClaim of the recordings; default: ${DEFAULT-VALUE}.",
      defaultValue = "recordings")
  private String dataClaim = "";

  @Option(
      names = "--runs-claim",
      paramLabel = "NAME",
      description = "PersistentVolumeClaim of the runs; default: ${DEFAULT-VALUE}.",
      defaultValue = "runs")
  private String runsClaim = "";

  @Option(
      names = "--runtime",
      paramLabel = "NAME",
      description = "ClusterTrainingRuntime for PyTorch; default: ${DEFAULT-VALUE}.",
      defaultValue = "torch-distributed")
  private String runtime = "";

  @Option(names = "--overwrite", description = "Replace an existing file.")
  private boolean overwrite;

  @Mixin private final RunOptions runOptions = new RunOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    Console console = output.console();
    RunDirectory run = runOptions.find(name);
    Launch launch =
        Launch.required(run, "one that was has the preset and the settings that are written");
    Map<String, Object> document = job(run, launch.request()).document(run.name());
    YAMLMapper yaml = YAMLMapper.builder().disable(YAMLGenerator.Feature.SPLIT_LINES).build();
    try (AtomicFile file = AtomicFile.create(target, overwrite)) {
      Files.write(file.temporary(), yaml.writeValueAsBytes(document));
      file.commit();
    }
    console.result(target + ": TrainJob " + TrainJob.label(run.name()));
    console.document(Map.of("schema", 1, "file", target.toString()));
    return ExitCode.DONE;
  }

  private TrainJob job(RunDirectory run, TrainingRequest request) {
    Resources before = request.resources();
    int gpuCount = gpus == null ? before.gpus() : gpus;
    int each = processes != null ? processes : Math.max(1, gpuCount);
    try {
      Resources resources =
          new Resources(
              gpuCount,
              each,
              1,
              0,
              null,
              memory == null ? before.memoryBytes() : ResourceOptions.bytes("--memory", memory),
              before.sharedMemoryBytes(),
              true);
      return new TrainJob(
          TrainJob.label(run.name()),
          image,
          new TrainingRequest(request.preset(), request.data(), request.settings(), resources),
          nodes,
          processors,
          runtime,
          dataClaim,
          runsClaim);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}
