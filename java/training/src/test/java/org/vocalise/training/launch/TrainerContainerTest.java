package org.vocalise.training.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.vocalise.dsp.io.InputException;
import org.vocalise.training.run.RunDirectory;
import org.vocalise.training.run.RunName;
import org.vocalise.training.run.Runs;

/** What containers are made with, whoever makes them. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "owners of files as numbers")
final class TrainerContainerTest {
  @TempDir private Path folder;
  private Path data;
  private Path initial;
  private RunDirectory run;

  @BeforeEach
  void prepare() throws Exception {
    data = Standin.data(folder);
    initial = Files.writeString(data.resolveSibling("mine: #1's.safetensors"), "weights");
    run = new Runs(folder.resolve("runs")).create(new RunName("first"));
  }

  @Test
  void initialCheckpointIsThereToBeReadInAllContainers() throws Exception {
    List<String> given = List.of("steps=2", "initial=\"" + initial + "\"");
    List<String> settings = InitialCheckpoint.located(given);
    assertEquals(initial, InitialCheckpoint.of(settings), settings.toString());
    TrainerContainer container =
        TrainerContainer.of(run, Standin.request(data, settings.toArray(String[]::new)), "image");
    String place = "/initial/mine: #1's.safetensors";
    TrainerContainer.Mount mount = new TrainerContainer.Mount(initial, place, true);
    assertTrue(container.mounts().contains(mount), container.mounts().toString());
    List<String> arguments = container.arguments();
    assertTrue(arguments.contains("steps=2"), arguments.toString());
    assertTrue(
        arguments.contains("initial='/initial/mine: #1''s.safetensors'"), arguments.toString());

    JsonNode compose = new ObjectMapper().valueToTree(ComposeFile.document(container));
    JsonNode volumes = compose.at("/services/train/volumes");
    JsonNode volume = volumes.get(volumes.size() - 1);
    assertEquals("bind", volume.get("type").asText());
    assertEquals(initial.toString(), volume.get("source").asText());
    assertEquals(place, volume.get("target").asText());
    assertTrue(volume.get("read_only").asBoolean());
  }

  @Test
  void initialCheckpointThatHasGoneIsNotMadeAFolderByTheEngine() throws Exception {
    String setting = InitialCheckpoint.located(List.of("initial=" + initial)).get(0);
    Files.delete(initial);
    TrainerContainer container = TrainerContainer.of(run, Standin.request(data, setting), "image");
    assertEquals(2, container.mounts().size(), "recordings and run");
    assertTrue(container.arguments().contains(setting), container.arguments().toString());
  }

  @Test
  void theLastInitialCheckpointCounts() throws Exception {
    List<String> twice = List.of("initial=/none.safetensors", "initial=" + initial);
    assertEquals(initial, InitialCheckpoint.of(twice));
    assertEquals(null, InitialCheckpoint.of(List.of("initial=" + initial, "initial=''")));
    assertEquals(List.of("initial="), InitialCheckpoint.located(List.of("initial=")));
    assertFalse(Files.exists(Path.of("/none.safetensors")));
    InputException fault =
        assertThrows(InputException.class, () -> InitialCheckpoint.located(twice));
    String message = String.valueOf(fault.getMessage());
    assertTrue(message.startsWith("/none.safetensors: no such file; --set initial=FILE"), message);
  }
}
