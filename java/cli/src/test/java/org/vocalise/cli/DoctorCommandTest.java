package org.vocalise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DoctorCommandTest {
  @Test
  void saysWhatIsThereForPersonsAndPrograms() throws IOException {
    CommandResult result = CommandResult.of("doctor");
    assertEquals(0, result.exitCode());
    assertTrue(result.out().contains("Java: " + System.getProperty("java.version")));
    JsonNode checks = new ObjectMapper().readTree(CommandResult.of("doctor", "--json").out());
    List<String> names = checks.get("checks").findValuesAsText("name");
    assertEquals(result.out().lines().count(), names.size());
    assertTrue(
        names.containsAll(
            List.of("ONNX Runtime", "CUDA", "JDK", "Maven", "Python", "Docker", "ffmpeg")));
    for (JsonNode check : checks.get("checks")) {
      assertEquals(check.get("ok").asBoolean(), check.get("cure").asText().isEmpty());
    }
  }
}
