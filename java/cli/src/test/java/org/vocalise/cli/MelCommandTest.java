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
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vocalise.dsp.npy.NpyReader;

final class MelCommandTest {
  @TempDir private Path folder;

  @Test
  void oneFileBecomesOneFileWithoutManifest() throws IOException {
    Path wav = TestAudio.tone(folder.resolve("a.wav"), 22050, 22050, 1);
    Path npy = folder.resolve("out/b.npy");
    CommandResult result = CommandResult.of("mel", wav, "-o", npy);
    assertEquals(0, result.exitCode(), result.err());
    assertEquals(npy + ": 86 frames, 1.00 s\n", result.out());
    assertEquals("", result.err());
    assertEquals(List.of("b.npy"), list(folder.resolve("out")));
    assertShape(npy, 80, 86);
  }

  @Test
  void folderKeepsTheNamesOfM4SingerAndOthers() throws IOException {
    Path in = folder.resolve("in");
    TestAudio.tone(in.resolve("Alto-1#newboy/0000.wav"), 22050, 9000, 1);
    TestAudio.tone(in.resolve("Ténor 2#美错/0000.wav"), 22050, 9000, 2);
    TestAudio.tone(in.resolve("emoji 😀.wav"), 22050, 9000, 3);
    CommandResult result = CommandResult.of("mel", in, "-o", folder.resolve("out"));
    assertEquals(0, result.exitCode(), result.err());
    assertEquals(
        List.of("Alto-1#newboy/0000.npy", "Ténor 2#美错/0000.npy", "emoji 😀.npy", "manifest.json"),
        list(folder.resolve("out")));
    assertTrue(result.out().endsWith("3 of 3 files, 1.2 s of audio\n"), result.out());
  }

  @Test
  void bytesDoNotDependOnTheNumberOfJobs() throws IOException {
    Path in = folder.resolve("in");
    for (int i = 0; i < 7; i++) {
      TestAudio.tone(in.resolve(i + ".wav"), i % 2 == 0 ? 22050 : 44100, 30_000 + 999 * i, i);
    }
    for (int jobs : List.of(1, 2, 4)) {
      CommandResult.of("mel", in, "-o", folder.resolve("out" + jobs), "--jobs", jobs);
    }
    for (String name : list(folder.resolve("out1"))) {
      byte[] one = Files.readAllBytes(folder.resolve("out1").resolve(name));
      assertArrayEquals(one, Files.readAllBytes(folder.resolve("out2").resolve(name)), name);
      assertArrayEquals(one, Files.readAllBytes(folder.resolve("out4").resolve(name)), name);
    }
  }

  @Test
  void otherRatesAreResampledAndTheResamplerIsNamed() throws IOException {
    Path in = folder.resolve("in");
    TestAudio.tone(in.resolve("low.wav"), 8000, 8000, 1);
    TestAudio.tone(in.resolve("high.wav"), 192_000, 192_000, 2);
    CommandResult result =
        CommandResult.of("mel", in, "-o", folder.resolve("out"), "--resampler", "kaiser");
    assertEquals(0, result.exitCode(), result.err());
    assertTrue(result.out().contains("86 frames, 1.00 s, from 8000 Hz by sinc-kaiser"));
    assertTrue(result.out().contains("from 192000 Hz by sinc-kaiser"));
    JsonNode manifest = json(Files.readString(folder.resolve("out/manifest.json")));
    assertEquals(192_000, manifest.at("/outputs/0/source_rate").asInt());
    assertTrue(manifest.at("/outputs/0/resampler").asText().startsWith("sinc-kaiser"));
  }

  @Test
  void channelsAreAveraged() throws IOException {
    float[] eight = new float[8 * 4096];
    for (int i = 0; i < eight.length; i++) {
      eight[i] = i % 8 == 3 ? 0.8f : 0;
    }
    float[] one = new float[4096];
    Arrays.fill(one, 0.1f);
    Path a = TestAudio.raw(folder.resolve("in/a.wav"), 22050, 8, eight);
    Path b = TestAudio.raw(folder.resolve("in/b.wav"), 22050, 1, one);
    assertEquals(0, CommandResult.of("mel", a, b, "-o", folder.resolve("out")).exitCode());
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("out/a.npy")),
        Files.readAllBytes(folder.resolve("out/b.npy")));
  }

  @Test
  void jsonIsTheManifest() throws IOException {
    TestAudio.tone(folder.resolve("in/a.wav"), 22050, 9000, 1);
    Path out = folder.resolve("out");
    CommandResult result = CommandResult.of("mel", folder.resolve("in"), "-o", out, "--json");
    assertEquals(Files.readString(out.resolve("manifest.json")), result.out());
    JsonNode manifest = json(result.out());
    assertEquals(1, manifest.get("schema").asInt());
    assertEquals("mel", manifest.get("command").asText());
    assertEquals(8000.0, manifest.at("/settings/mel_spec/fmax").asDouble());
    assertEquals("a.wav", manifest.at("/outputs/0/source").asText());
    assertEquals(64, manifest.at("/outputs/0/sha256").asText().length());
    assertEquals(35, manifest.at("/outputs/0/frames").asInt());
  }

  @Test
  void quietPrintsNothingOnSuccess() throws IOException {
    Path wav = TestAudio.tone(folder.resolve("a.wav"), 22050, 9000, 1);
    CommandResult result = CommandResult.of("mel", wav, "-o", folder + "/", "--quiet");
    assertEquals(new CommandResult(0, "", ""), result);
  }

  @Test
  void specComesFromPresetFileAndSingleOptions() throws IOException {
    Path wav = TestAudio.tone(folder.resolve("a.wav"), 22050, 22050, 1);
    Path yaml = folder.resolve("spec.yaml");
    Files.writeString(yaml, "# mine\npreset: hifigan\nn_fft: 2048\nwindow: 2048\nbands: 40\n");
    Path npy = folder.resolve("a.npy");
    CommandResult result =
        CommandResult.of("mel", wav, "-o", npy, "--spec", yaml, "--hop", 512, "--json");
    assertEquals(0, result.exitCode(), result.err());
    assertShape(npy, 40, 43);
    JsonNode spec = json(result.out()).at("/settings/mel_spec");
    assertEquals("magnitude-eps", spec.get("spectrum").asText());
    assertEquals("ln", spec.get("log").asText());
    assertEquals(512, spec.get("hop").asInt());
  }

  @Test
  void faultInASpecFileIsNamedByLine() throws IOException {
    Path wav = TestAudio.tone(folder.resolve("a.wav"), 22050, 9000, 1);
    Path yaml = folder.resolve("spec.yaml");
    for (String[] fault :
        new String[][] {
          {"hop: 256\nn_ftt: 1024\n", "line 2: no field of a mel spec is named n_ftt"},
          {"hop: [1, 2]\n", "line 1: hop is not a single value"},
          {"just text\n", "line 1: not lines of the form"},
          {"", "not lines of the form"},
          {"preset: nut\n", "line 1: preset is 'nut', not one of ntu, hifigan, vocos24k"},
          {"hop: many\n", "hop is 'many', not a whole number"},
          {"hop: 0\n", "hop is 0, allowed is: 1 to the window"},
          {"a: {b\n", "line "},
        }) {
      Files.writeString(yaml, fault[0]);
      CommandResult result =
          CommandResult.of("mel", wav, "-o", folder.resolve("a.npy"), "--spec", yaml);
      assertEquals(4, result.exitCode(), fault[0]);
      assertEquals(1, result.errorLines().size(), result.err());
      assertTrue(result.err().contains(yaml + ": "), result.err());
      assertTrue(result.err().contains(fault[1]), result.err());
    }
    assertFalse(Files.exists(folder.resolve("a.npy")));
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  private static void assertShape(Path npy, int bands, int frames) throws IOException {
    try (NpyReader reader = NpyReader.open(npy)) {
      assertEquals(bands, reader.rows());
      assertEquals(frames, reader.columns());
    }
  }

  private static List<String> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }
}
