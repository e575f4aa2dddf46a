package org.vocalise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vocalise.eval.report.ReportInfo;
import org.vocalise.eval.result.FileScores;
import org.vocalise.eval.result.Interval;
import org.vocalise.eval.result.Scores;
import org.vocalise.eval.result.ScoresJson;
import org.vocalise.eval.result.SystemScores;

final class CompareCommandTest {
  @TempDir private Path folder;
  private Path out;

  @BeforeEach
  void makeRuns() throws IOException {
    out = folder.resolve("board");
    run("ada", "wavs", "clean", 1, 6);
    run("bob", "wavs", "clean", 0.5, 6);
  }

  @Test
  void classIsRanked() throws IOException {
    CommandResult result = compare(folder.resolve("class"));
    assertEquals(0, result.exitCode(), result.err());
    assertTrue(result.out().startsWith("1 bob/wavs\n2 ada/wavs\nranked by m_stft: "), result.out());
    assertTrue(Files.readString(out.resolve("leaderboard.html")).contains("bob/wavs"));
    assertEquals(3, Files.readAllLines(out.resolve("leaderboard.csv")).size());
    JsonNode json = new ObjectMapper().readTree(out.resolve("leaderboard.json").toFile());
    assertEquals(0.031_25, json.at("/tests/0/p_holm").asDouble());
    assertEquals(1, json.at("/systems/0/ranks/m_stft").asInt());
    assertEquals(2, compare(folder.resolve("class")).exitCode());
    CommandResult again =
        CommandResult.of("compare", folder.resolve("class"), "-o", out, "--overwrite", "--json");
    assertEquals(json, new ObjectMapper().readTree(again.out()));
  }

  @Test
  void differingFilesAreSaid() throws IOException {
    run("eve", "other", "clean", 2, 4);
    CommandResult result = compare(folder.resolve("class"));
    assertEquals(0, result.exitCode(), result.err());
    assertTrue(result.err().contains("warning: The systems have different files: "), result.err());
    assertTrue(result.err().contains("without 004, 005"), result.err());
  }

  @Test
  void wrongInputsAreRefusedInOneLine() throws IOException {
    Path ada = folder.resolve("class/ada/scores.json");
    Path other = run("ntu", "wavs", "ntu", 1, 6);
    refused(4, "protocol: 'ntu' here, 'clean' there", ada, other);
    refused(4, "no scores.json file in it", Files.createDirectories(folder.resolve("empty")));
    refused(4, "none.json: no such file", folder.resolve("none.json"));
    refused(2, "there are m_stft", ada, "--rank-by", "vibes");
    String text = Files.readString(ada);
    Path bad = folder.resolve("bad.json");
    for (String wrong :
        List.of(
            "",
            "[]",
            "{\"schema\": 1}",
            "{\"schema\": 1, \"command\": \"vocode\", \"outputs\": []}",
            "{\"schema\": 2}",
            text.substring(0, text.length() / 2),
            text.replace("\"m_stft\"", "\"m_stft"),
            text.replaceFirst("\"systems\" ?: ?\\[[\\s\\S]*\\]", "\"systems\": null"),
            text.replaceFirst("\"systems\" ?: ?\\[[\\s\\S]*\\]", "\"systems\": []"),
            text.replace("\"clean\"", "null"),
            "RIFF....WAVE")) {
      Files.writeString(bad, wrong);
      refused(4, "bad.json: ", bad);
    }
  }

  @Test
  void textsOfAReportAreReadAndChecked() throws IOException {
    Path file = folder.resolve("me.yaml");
    Files.writeString(
        file,
        """
        name: Ada Lovelace
        student_id: 0123
        method: |
          One.

          Two.
        findings:
          - first
          - "second: a colon"
        """);
    ReportInfo info = ReportInfoYaml.read(file);
    assertEquals("0123", info.studentId());
    assertEquals("One.\n\nTwo.\n", info.method());
    assertEquals("- first\n- second: a colon", info.findings());
    for (Map.Entry<String, String> wrong :
        Map.of(
                "name: Ada", "student_id is missing",
                "name: Ada\nstudentid: 3",
                    "line 2: 'studentid' is not among the fields title, name",
                "name: [a]\nstudent_id: b", "line 1: name is not a text",
                "- a", "not lines of the form",
                "name: a: b", "line 1: not YAML",
                "name: a\nstudent_id: b\nfindings:\n  - a: b", "line 4: a point of findings",
                "name: a\nname: b\nstudent_id: c", "line 2",
                "", "not lines of the form",
                "name:\nstudent_id: b", "name is not a text")
            .entrySet()) {
      Files.writeString(file, wrong.getKey());
      String message = "";
      try {
        ReportInfoYaml.read(file);
      } catch (IOException e) {
        message = String.valueOf(e.getMessage());
      }
      assertTrue(message.contains(wrong.getValue()), wrong.getKey() + ": " + message);
      assertTrue(message.startsWith(file.toString()), message);
    }
  }

  private CommandResult compare(Object input) {
    return CommandResult.of("compare", input, "-o", out);
  }

  private void refused(int exitCode, String words, Object... inputs) {
    List<Object> all = new ArrayList<>(List.of("compare"));
    all.addAll(List.of(inputs));
    all.addAll(List.of("-o", out));
    CommandResult result = CommandResult.of(all.toArray());
    assertEquals(exitCode, result.exitCode(), words + ": " + result.err());
    assertTrue(result.err().contains(words), result.err());
    assertEquals(1, result.errorLines().size(), result.err());
  }

  private Path run(String student, String system, String protocol, double level, int count)
      throws IOException {
    List<FileScores> files = new ArrayList<>();
    double sum = 0;
    for (int i = 0; i < count; i++) {
      double score = level * (1 + 0.01 * i);
      sum += score;
      files.add(new FileScores("00" + i, "r", "s", Map.of("m_stft", score), List.of()));
    }
    Interval interval = new Interval(level, level * 1.1);
    SystemScores scores =
        new SystemScores(
            system,
            files,
            Map.of("m_stft", sum / count),
            Map.of("m_stft", interval),
            null,
            List.of());
    Scores run =
        new Scores(
            1,
            protocol,
            Map.of("m_stft", Map.of("rate", 22050)),
            Map.of("vocalise", "0.1.0"),
            List.of(scores));
    Path file = folder.resolve("class").resolve(student).resolve("scores.json");
    Files.createDirectories(file.getParent());
    return Files.writeString(file, ScoresJson.write(run));
  }
}
