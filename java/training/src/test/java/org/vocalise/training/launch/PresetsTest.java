package org.vocalise.training.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vocalise.dsp.io.InputException;

/** The presets of the real package. */
final class PresetsTest {
  private final Presets presets = new Presets(new TrainerSource(Path.of("../../python-train")));

  @TempDir private Path folder;

  @Test
  void thoseThatShipAreKnown() throws IOException {
    List<String> names = presets.names();
    assertTrue(names.containsAll(List.of("hifigan-v1", "singing-full", "small")), names.toString());
    assertEquals(List.of(), names.stream().filter(name -> name.startsWith("_")).toList());
    for (String name : names) {
      presets.check(request(name));
    }
    presets.check(request("/home/me/own.yaml"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "smal          | did you mean small?",
        "singin        | did you mean singing or singing-full or singing-small?",
        "singing-smaal | did you mean singing-small?",
        "hifigan       | did you mean hifigan-v1 or hifigan-v2 or hifigan-v3?",
        "vocos         | there are hifigan-v1, hifigan-v2, hifigan-v3, singing, ",
        "base          | there are hifigan-v1, "
      })
  void misspeltOnesAreRefusedWithTheNearest(String preset, String cure) {
    TrainingRequest request = request(preset);
    InputException fault = assertThrows(InputException.class, () -> presets.check(request));
    String message = String.valueOf(fault.getMessage());
    assertTrue(message.contains("presets: no preset '" + preset + "'; " + cure), message);
  }

  @Test
  void packageWithoutPresetsIsLeftToItsTrainer() throws IOException {
    new Presets(new TrainerSource(folder)).check(request("anything"));
  }

  private static TrainingRequest request(String preset) {
    return new TrainingRequest(preset, "/data", List.of(), Resources.DEFAULT);
  }
}
