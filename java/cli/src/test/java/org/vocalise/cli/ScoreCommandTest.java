package org.vocalise.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vocalise.dsp.SharedData;

final class ScoreCommandTest {
  private static final String QUICK = "m_stft,log2f0_mean";

  @TempDir private Path folder;

  @Test
  void severalSystemsGiveOneResult() throws IOException {
    files("reference", "Alto-1#new_boy/%04d.wav", 1);
    files("near", "Alto-1#new_boy_%04d.wav", 1.001);
    files("far", "Alto-1#new_boy_%04d.wav", 1.2);
    Path info = Files.writeString(folder.resolve("me.yaml"), "name: Ada\nstudent_id: r42\n");
    CommandResult result = score("out", "near", "far", "--report-info", info);
    assertEquals(0, result.exitCode(), result.err());
    assertTrue(result.out().contains("near"), result.out());
    assertTrue(result.out().contains("m_stft"), result.out());
    JsonNode scores = json("out");
    assertEquals("clean", scores.get("protocol").asText());
    JsonNode near = scores.at("/systems/0");
    JsonNode far = scores.at("/systems/1");
    assertEquals("near", near.get("name").asText());
    assertEquals("Alto-1#new_boy/0000", near.at("/files/0/name").asText());
    assertTrue(near.at("/means/m_stft").asDouble() < far.at("/means/m_stft").asDouble());
    assertEquals(3, far.at("/means/log2f0_mean").asDouble(), 0.5);
    assertEquals(2, far.at("/intervals/m_stft").size());
    assertEquals("log-mel", far.at("/frechet/embedding").asText());
    assertEquals(7, Files.readAllLines(folder.resolve("out/scores.csv")).size());
    String report = Files.readString(folder.resolve("out/report.html"));
    assertTrue(report.contains("r42") && report.contains("</html>"), "no report of r42");
  }

  @Test
  void bytesDoNotDependOnJobsAndJsonIsTheFile() throws IOException {
    files("reference", "%04d.wav", 1);
    files("a", "%04d.wav", 1.01);
    CommandResult one = score("one", "a", "--jobs", 1, "--json");
    CommandResult four = score("four", "a", "--jobs", 4, "--no-cache");
    assertEquals(0, four.exitCode(), four.err());
    assertEquals(list("one"), list("four"));
    for (String name : list("one")) {
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("one").resolve(name)),
          Files.readAllBytes(folder.resolve("four").resolve(name)),
          name);
    }
    assertEquals(Files.readString(folder.resolve("one/scores.json")), one.out());
  }

  @Test
  void earlierResultIsKeptUnlessToldOtherwise() throws IOException {
    files("reference", "%04d.wav", 1);
    files("a", "%04d.wav", 1.01);
    assertEquals(0, score("out", "a").exitCode());
    CommandResult again = score("out", "a");
    assertEquals(2, again.exitCode());
    assertTrue(again.err().contains("--overwrite replaces it, --resume"), again.err());
    assertEquals(0, score("out", "a", "--overwrite").exitCode());
    CommandResult both = score("out", "a", "--overwrite", "--resume");
    assertEquals(2, both.exitCode(), both.err());
    CommandResult resumed = score("out", "a", "--resume");
    assertEquals(0, resumed.exitCode(), resumed.err());
    CommandResult other =
        CommandResult.of(
            "score",
            "--reference",
            folder.resolve("reference"),
            "--synth",
            folder.resolve("a"),
            "-o",
            folder.resolve("out"),
            "--resume",
            "--metrics",
            "m_stft",
            "--no-cache");
    assertEquals(2, other.exitCode());
    assertTrue(other.err().contains("scored otherwise (log2f0_mean: null here"), other.err());
    Files.delete(folder.resolve("out/journal.jsonl"));
    CommandResult anybodys = score("out", "a", "--resume");
    assertEquals(2, anybodys.exitCode());
    assertTrue(anybodys.err().contains("no journal.jsonl of a run"), anybodys.err());
  }

  @Test
  void oneSystemMoreIsScoredByResuming() throws IOException {
    files("reference", "%04d.wav", 1);
    files("a", "%04d.wav", 1.01);
    files("b", "%04d.wav", 1.02);
    assertEquals(0, score("out", "a").exitCode());
    assertEquals(0, score("out", "a", "b", "--resume").exitCode());
    assertEquals(2, json("out").get("systems").size());
    assertEquals(0, score("whole", "a", "b").exitCode());
    assertEquals(
        Files.readString(folder.resolve("whole/scores.json")),
        Files.readString(folder.resolve("out/scores.json")));
  }

  @Test
  void oneFileAgainstAnother() throws IOException {
    Path reference = TestAudio.tone(folder.resolve("r.wav"), 22050, 22050, 1);
    Path synthesis = TestAudio.tone(folder.resolve("s.wav"), 22050, 22050, 2);
    CommandResult result =
        CommandResult.of(
            "score",
            "--reference",
            reference,
            "--synth",
            synthesis,
            "-o",
            folder.resolve("out"),
            "--metrics",
            QUICK,
            "--embedding",
            "none",
            "--no-cache",
            "--json");
    assertEquals(0, result.exitCode(), result.err());
    JsonNode scores = new ObjectMapper().readTree(result.out());
    assertEquals("s.wav", scores.at("/systems/0/name").asText());
    assertTrue(scores.at("/systems/0/frechet").isNull());
  }

  @Test
  void termsOfMStftAndRatiosOfWaveformsAreMadeOnRequest() throws IOException {
    files("reference", "%04d.wav", 1);
    files("a", "%04d.wav", 1.01);
    List<String> keys =
        List.of("m_stft_1024_sc", "m_stft_512_log", "si_sdr", "sdr", "sdr_global", "lsd");
    CommandResult result =
        CommandResult.of(
            "score",
            "--reference",
            folder.resolve("reference"),
            "--synth",
            folder.resolve("a"),
            "-o",
            folder.resolve("out"),
            "--metrics",
            String.join(",", keys),
            "--no-cache");
    assertEquals(0, result.exitCode(), result.err());
    JsonNode means = json("out").at("/systems/0/means");
    assertEquals(keys.size(), means.size(), means.toString());
    keys.forEach(key -> assertTrue(means.get(key).isNumber(), key));
  }

  @Test
  void foldersOfEqualNameAreToldApart() throws IOException {
    files("reference", "%04d.wav", 1);
    files("hifi/out", "%04d.wav", 1.01);
    files("gl/out", "%04d.wav", 1.02);
    assertEquals(0, score("scores", "hifi/out", "gl/out").exitCode());
    assertEquals("hifi/out", json("scores").at("/systems/0/name").asText());
    assertEquals("gl/out", json("scores").at("/systems/1/name").asText());
    assertEquals(2, score("twice", "gl/out", "gl/out").exitCode());
  }

  @Test
  void homeworkProtocolWritesTheHomeworksFile() throws IOException {
    Path peers = SharedData.path("golden/peers");
    for (String clip : List.of("c1", "c2", "c4")) {
      Files.createDirectories(folder.resolve("reference"));
      Files.createDirectories(folder.resolve("synth_a"));
      Files.copy(peers.resolve(clip + "_gt.wav"), folder.resolve("reference/" + clip + ".wav"));
      Files.copy(peers.resolve(clip + "_synth_a.wav"), folder.resolve("synth_a/" + clip + ".wav"));
    }
    CommandResult result = score("out", "synth_a", "--protocol", "ntu");
    assertEquals(0, result.exitCode(), result.err());
    JsonNode golden = new ObjectMapper().readTree(peers.resolve("golden.json").toFile());
    double sum = 0;
    JsonNode files = json("out").at("/systems/0/files");
    for (JsonNode clip : golden.get("clips")) {
      for (JsonNode file : files) {
        if (file.get("name").asText().equals(clip.get("id").asText())) {
          double expected = clip.at("/scores/synth_a/mstft_float64/value").asDouble();
          assertEquals(expected, file.get("m_stft").asDouble(), 1e-9 * expected);
          sum += file.get("m_stft").asDouble();
        }
      }
    }
    String text = Files.readString(folder.resolve("out/score_synth_a.txt"));
    assertTrue(text.startsWith("{\n    \"M-STFT\": " + sum / 3 + ",\n"), text);
    assertTrue(text.endsWith(",\n    \"log2f0_mean\": null,\n    \"FAD\": null\n}"), text);
    String why = json("out").at("/definitions/score_txt/log2f0_mean").asText();
    assertTrue(
        why.endsWith("'vocalise models add crepe-medium', then --tracker crepe-medium"), why);
    assertTrue(result.err().contains("score_MODEL.txt: log2f0_mean is " + why), result.err());
  }

  @Test
  void tableNamesPairs() throws IOException {
    files("reference", "%04d.wav", 1);
    files("a", "take-%d.wav", 1.01);
    Path table =
        Files.writeString(
            folder.resolve("pairs.tsv"),
            "0000.wav\ttake-0.wav\n0001.wav\ttake-1.wav\n0002.wav\ttake-2.wav\n");
    CommandResult result = score("out", "a", "--pairs", table);
    assertEquals(0, result.exitCode(), result.err());
    assertEquals(3, json("out").at("/systems/0/files").size());
  }

  /** Scores quickly, with a cache in the test's folder; arguments after the systems are options. */
  private CommandResult score(String out, Object... systemsAndOptions) {
    List<Object> args =
        new ArrayList<>(List.of("score", "--reference", folder.resolve("reference"), "--synth"));
    List<Object> options = new ArrayList<>();
    for (Object argument : systemsAndOptions) {
      boolean option = !options.isEmpty() || argument.toString().startsWith("--");
      (option ? options : args).add(option ? argument : folder.resolve(argument.toString()));
    }
    args.addAll(List.of("-o", folder.resolve(out), "--metrics", QUICK));
    if (!options.contains("--no-cache")) {
      args.addAll(List.of("--cache", folder.resolve("cache")));
    }
    args.addAll(options);
    return CommandResult.of(args.toArray());
  }

  private JsonNode json(String out) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(out).resolve("scores.json").toFile());
  }

  /** Three tones, each by a factor higher than the reference's. */
  private void files(String to, String name, double factor) throws IOException {
    for (int i = 0; i < 3; i++) {
      float[] signal = new float[33_000];
      double hertz = factor * (200 + 50 * i);
      for (int n = 0; n < signal.length; n++) {
        double phase = 2 * Math.PI * hertz * n / 22_050;
        double swell = Math.sin(Math.PI * n / signal.length);
        signal[n] = (float) (0.5 * swell * (Math.sin(phase) + 0.5 * Math.sin(2 * phase)));
      }
      TestAudio.write(folder.resolve(to).resolve(name.formatted(i)), 22_050, signal);
    }
  }

  private List<String> list(String out) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve(out))) {
      List<String> names =
          files
              .filter(Files::isRegularFile)
              .map(file -> folder.resolve(out).relativize(file).toString())
              .sorted()
              .toList();
      assertFalse(names.isEmpty());
      return names;
    }
  }
}
