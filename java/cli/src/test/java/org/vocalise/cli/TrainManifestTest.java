package org.vocalise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vocalise.inference.ConvertedModels;

/** {@code vocalise train manifest}, against the models that Kubeflow Trainer publishes. */
final class TrainManifestTest {
  /** Fields that the schema lacks are dropped by its models, so the same must come back. */
  private static final String CHECK =
      """
      import json, sys
      from kubeflow_trainer_api.models import TrainerV1alpha1TrainJob as Job
      given = json.load(open(sys.argv[1]))
      read = Job.from_dict(given).to_dict()
      assert json.loads(json.dumps(read)) == given, json.dumps(read)
      """;

  @TempDir private Path folder;

  @BeforeEach
  void makeRun() throws IOException {
    launch("First_run.2", "small", "{\"gpus\": 0, \"processes\": 1, \"nodes\": 1}");
  }

  private void launch(String name, String preset, String resources) throws IOException {
    Path run = Files.createDirectories(folder.resolve("runs").resolve(name));
    Files.writeString(
        run.resolve("launch.json"),
        """
        {"schema": 1, "launcher": "docker", "started": "2026-01-01T00:00:00Z", "host": "h",
         "request": {"preset": "%s", "data": "/data", "settings": ["steps=2", "data.speeds=[1]"],
                     "resources": %s}, "trainer": "/t", "starts_before": 0}
        """
            .formatted(preset, resources));
  }

  @Test
  void publishedSchemaTakesIt() throws Exception {
    Path file = folder.resolve("job.yaml");
    CommandResult result =
        manifest(
            file,
            "--nodes",
            "2",
            "--gpus",
            "4",
            "--cpus",
            "16",
            "--memory",
            "64g",
            "--runtime",
            "torch-distributed",
            "--data-claim",
            "songs",
            "--runs-claim",
            "out");
    assertEquals(0, result.exitCode(), result.err());
    JsonNode job = new YAMLMapper().readTree(file.toFile());
    assertEquals("first-run-2", job.at("/metadata/name").asText());
    assertEquals(2, job.at("/spec/trainer/numNodes").asInt());
    assertEquals(4, job.at("/spec/trainer/numProcPerNode").asInt());
    assertEquals("4", job.at("/spec/trainer/resourcesPerNode/limits/nvidia.com~1gpu").asText());
    List<String> words = new ArrayList<>();
    job.at("/spec/trainer/args").forEach(word -> words.add(word.asText()));
    assertEquals(
        "vocalise_train train --preset small --data /data --run /runs/First_run.2"
            + " --set steps=2 --set data.speeds=[1] --resume",
        String.join(" ", words));
    assertAccepted(job);
  }

  @Test
  void smallestOneIsTakenToo() throws Exception {
    Path file = folder.resolve("job.yaml");
    assertEquals(0, manifest(file).exitCode());
    assertAccepted(new YAMLMapper().readTree(file.toFile()));
    CommandResult again = manifest(file);
    assertEquals(3, again.exitCode());
    assertTrue(again.err().contains("--overwrite"), again.err());
  }

  @Test
  void whatNoClusterTakesIsRefused() throws IOException {
    Path file = folder.resolve("job.yaml");
    assertEquals(2, manifest(file, "--nodes", "0").exitCode());
    assertEquals(2, manifest(file, "--data-claim", "../x").exitCode());
    assertEquals(2, manifest(file, "--gpus", "1", "--processes", "2").exitCode());
    launch("First_run.2", "/home/me/own.yaml", "{\"processes\": 1, \"nodes\": 1}");
    CommandResult own = manifest(file);
    assertEquals(2, own.exitCode());
    assertTrue(own.err().contains("is a file of this machine"), own.err());
    launch("First_run.2", "small", "{\"processes\": 1, \"nodes\": 1}");
    Path launch = folder.resolve("runs/First_run.2/launch.json");
    Files.writeString(launch, Files.readString(launch).replace("steps=2", "initial='/g.st'"));
    CommandResult initial = manifest(file);
    assertEquals(2, initial.exitCode());
    assertTrue(
        initial.err().contains("/g.st, which no pod has: take a run without"), initial.err());
    assertFalse(Files.exists(file));
  }

  private static void assertAccepted(JsonNode job) throws Exception {
    Path json = Files.createTempFile("job", ".json");
    try {
      new ObjectMapper().writeValue(json.toFile(), job);
      Process process =
          new ProcessBuilder(ConvertedModels.python().toString(), "-c", CHECK, json.toString())
              .redirectErrorStream(true)
              .start();
      String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertEquals(0, process.waitFor(), words);
    } finally {
      Files.delete(json);
    }
  }

  private CommandResult manifest(Path file, String... more) {
    List<String> command =
        new ArrayList<>(List.of("train", "manifest", "First_run.2", "-o", file.toString()));
    command.addAll(List.of("--runs", folder.resolve("runs").toString()));
    command.addAll(List.of("--image", "registry.example.org:5000/vocalise-train:1"));
    command.addAll(List.of(more));
    return CommandResult.of(command.toArray());
  }
}
