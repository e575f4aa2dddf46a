package org.vocalise.eval.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vocalise.dsp.io.InputException;

final class ScoresJsonTest {
  @TempDir private Path folder;

  @Test
  void aFileIsOneFlatObject() {
    String text = ScoresJson.write(scores());
    assertTrue(text.startsWith("{\n  \"schema\": 1,\n  \"protocol\": \"clean\",\n"), text);
    assertTrue(text.contains("],\n          \"m_stft\": 0.1\n"), text);
    assertTrue(text.contains("\"intervals\": {\n        \"m_stft\": [\n          0.05,\n"), text);
    assertTrue(text.contains("\"weights_sha256\": null"), text);
    assertTrue(text.contains("\"reference_windows\": 20"), text);
    assertTrue(text.endsWith("}\n"), text);
  }

  @Test
  void whatWasWrittenIsReadAgain() throws IOException {
    Path file = folder.resolve("scores.json");
    Files.writeString(file, ScoresJson.write(scores()));
    assertEquals(scores(), ScoresJson.read(file));
    FileScores row = scores().systems().get(0).files().get(0);
    assertEquals(row, ScoresJson.parse(ScoresJson.line(row), FileScores.class));
  }

  @Test
  void numbersHaveTheirShortestFormOnEveryJdk() {
    // Double.toString of JDK 17 says 0.0020 and 2.0E-4, that of JDK 19 and later 0.002.
    assertEquals("[0.002,0.1,2.0E-4]", ScoresJson.line(new double[] {2e-3, 0.1, 2e-4}));
  }

  @Test
  void otherDocumentsAreRefusedByName() throws IOException {
    String whole = ScoresJson.write(scores());
    for (String[] fault :
        new String[][] {
          {"{\"schema\": 2}", "schema is 2"},
          {"{\"a\": 1}", "there is no schema"},
          {"[1", "line 1"},
          {"", "there is no schema"},
          {"{\"schema\": 1,\n\"protocol\": NaN", "line 2: is no JSON"},
          {"{\"schema\": 1, \"protocol\": \"clean\"}", "definitions is missing"},
          {"{\"schema\": 1, \"systems\": 3}", "systems is missing, or no value"},
          {whole.replaceAll("\"files\"", "\"fles\""), "systems[0].files is missing"},
          {whole.replaceAll("\"name\": \"a/0001\"", "\"name\": 3"), "systems[0].files[0]"},
          {whole.replaceAll("0\\.1\\b", "1e999"), "m_stft is beyond double precision"},
        }) {
      Path file = folder.resolve("scores.json");
      Files.writeString(file, fault[0]);
      InputException error =
          assertThrows(InputException.class, () -> ScoresJson.read(file), fault[0]);
      String message = String.valueOf(error.getMessage());
      assertTrue(message.startsWith(file + ": "), message);
      assertTrue(message.contains(fault[1]), message);
    }
  }

  @Test
  void tableHasARowPerFileAndEmptyCells() {
    assertEquals(
        """
        system,name,m_stft,log2f0_mean,reference,synthesis,flags
        hifi,a/0001,0.1,,ref/a/0001.wav,"s,1.wav","level is 3.0 dB low; ""quoted\"""
        """,
        ScoresCsv.write(scores()));
  }

  @Test
  void tableHasNoFormulas() {
    StringBuilder text = new StringBuilder();
    ScoresCsv.row(text, List.of("=1+1", "@a", "+a,b", "-2+3", "-0.25", "-1.5E-7", "a=b", ""));
    assertEquals("'=1+1,'@a,\"'+a,b\",'-2+3,-0.25,-1.5E-7,a=b,\n", text.toString());
  }

  private static Scores scores() {
    Map<String, Map<String, Object>> definitions = new LinkedHashMap<>();
    definitions.put("protocol", Map.of("name", "clean"));
    definitions.put("m_stft", Map.of("sizes", List.of(1024, 2048, 512)));
    definitions.put("log2f0_mean", Map.of("unit", "semitones"));
    FileScores file =
        new FileScores(
            "a/0001",
            "ref/a/0001.wav",
            "s,1.wav",
            Map.of("m_stft", 0.1),
            List.of("level is 3.0 dB low", "\"quoted\""));
    FrechetScore frechet =
        new FrechetScore(
            "log-mel", null, 1.5, null, null, 10, 20, Map.of("a/0001", 0.25), List.of("few"));
    SystemScores system =
        new SystemScores(
            "hifi",
            List.of(file),
            Map.of("m_stft", 0.1),
            Map.of("m_stft", new Interval(0.05, 0.15)),
            frechet,
            List.of(new SkippedScore("a/0001", "log2f0_mean", "no frame survives")));
    return new Scores(
        Scores.SCHEMA, "clean", definitions, Map.of("vocalise", "0.1.0"), List.of(system));
  }
}
