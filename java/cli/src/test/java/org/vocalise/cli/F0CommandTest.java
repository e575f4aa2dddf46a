package org.vocalise.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vocalise.inference.ConvertedModels;
import org.vocalise.inference.ModelStore;

final class F0CommandTest {
  @TempDir private Path folder;

  @BeforeEach
  void useAnEmptyFolderOfModels() {
    System.setProperty(ModelStore.USER_FOLDER, folder.resolve("models").toString());
  }

  @AfterEach
  void forgetTheFolder() {
    System.clearProperty(ModelStore.USER_FOLDER);
  }

  /** Of 1 s at 210 Hz. */
  private Path tone(String name, int rate) throws IOException {
    return TestAudio.tone(folder.resolve(name), rate, rate, 10);
  }

  @Test
  void oneFileBecomesATableAndAPicture() throws IOException {
    Path csv = folder.resolve("out/a.csv");
    CommandResult result = CommandResult.of("f0", tone("a.wav", 44_100), "-o", csv);
    assertEquals(0, result.exitCode(), result.err());
    assertTrue(result.out().startsWith(csv + ": 101 frames, "), result.out());
    List<String> lines = Files.readAllLines(csv);
    assertEquals("time,frequency,confidence", lines.get(0));
    assertEquals(102, lines.size());
    for (int t = 10; t < 90; t++) {
      String[] fields = lines.get(1 + t).split(",", -1);
      assertEquals(t / 100.0, Double.parseDouble(fields[0]), 1e-9);
      assertEquals(210, Double.parseDouble(fields[1]), 0.5);
      assertTrue(Double.parseDouble(fields[2]) > 0.8, lines.get(1 + t));
    }
    BufferedImage picture = ImageIO.read(folder.resolve("out/a.png").toFile());
    assertNotNull(picture);
    assertTrue(picture.getWidth() > 900, "width " + picture.getWidth());
  }

  @Test
  void bytesDoNotDependOnTheNumberOfJobs() throws Exception {
    Path in = folder.resolve("in");
    for (int i = 0; i < 5; i++) {
      TestAudio.tone(in.resolve("d/" + i + ".wav"), i % 2 == 0 ? 22_050 : 48_000, 20_000, i);
    }
    Path model = ConvertedModels.crepeTiny();
    assertEquals(0, CommandResult.of("models", "add", model).exitCode());
    for (String tracker : List.of("yin", "crepe-tiny")) {
      Path one = folder.resolve(tracker + "1");
      Path four = folder.resolve(tracker + "4");
      for (Path out : List.of(one, four)) {
        String jobs = out.toString().substring(out.toString().length() - 1);
        CommandResult result =
            CommandResult.of("f0", in, "-o", out, "--tracker", tracker, "--jobs", jobs);
        assertEquals(0, result.exitCode(), result.err());
      }
      for (int i = 0; i < 5; i++) {
        for (String name : List.of("d/" + i + ".csv", "d/" + i + ".png", "manifest.json")) {
          assertArrayEquals(
              Files.readAllBytes(one.resolve(name)), Files.readAllBytes(four.resolve(name)), name);
        }
      }
      JsonNode manifest = new ObjectMapper().readTree(one.resolve("manifest.json").toFile());
      assertEquals(tracker, manifest.at("/settings/tracker/tracker").asText());
    }
  }

  @Test
  void whatHasNoPitchIsSaid() throws IOException {
    Path silent = TestAudio.write(folder.resolve("silent.wav"), 22_050, new float[9000]);
    Path csv = folder.resolve("a.csv");
    CommandResult result = CommandResult.of("f0", silent, "-o", csv, "--no-picture", "--json");
    assertEquals(0, result.exitCode(), result.err());
    assertTrue(result.err().contains("no frame with a confidence above 0.6"), result.err());
    assertFalse(Files.exists(folder.resolve("a.png")));
    assertEquals(
        0, new ObjectMapper().readTree(result.out()).at("/outputs/0/confident_frames").asInt());
    Path shortest = TestAudio.write(folder.resolve("short.wav"), 22_050, new float[1]);
    assertEquals(0, CommandResult.of("f0", shortest, "-o", folder.resolve("b.csv")).exitCode());
  }

  @Test
  void wrongInputsAreRefusedByNameAndTheOthersMade() throws IOException {
    tone("in/good.wav", 22_050);
    TestAudio.raw(folder.resolve("in/nan.wav"), 22_050, 1, 0, Float.NaN, 0);
    Files.writeString(folder.resolve("in/text.wav"), "no sound");
    TestAudio.raw(folder.resolve("in/empty.wav"), 22_050, 1);
    Path out = folder.resolve("out");
    CommandResult result = CommandResult.of("f0", folder.resolve("in"), "-o", out);
    assertEquals(3, result.exitCode(), result.err());
    assertTrue(Files.exists(out.resolve("good.csv")));
    assertTrue(Files.exists(out.resolve("good.png")));
    assertFalse(Files.exists(out.resolve("nan.csv")));
    assertTrue(result.err().contains("nan.wav: byte 48: sample 1"), result.err());
    assertTrue(result.err().contains("empty.wav"), result.err());
    assertTrue(result.err().contains("text.wav"), result.err());
  }

  @Test
  void trackersThatAreNotThereAreToldWithTheCure() throws IOException {
    Path wav = tone("a.wav", 22_050);
    Path csv = folder.resolve("a.csv");
    CommandResult missing = CommandResult.of("f0", wav, "-o", csv, "--tracker", "crepe-full");
    assertEquals(4, missing.exitCode(), missing.err());
    assertTrue(missing.err().contains("'vocalise models add crepe-full'"), missing.err());
    CommandResult unknown = CommandResult.of("f0", wav, "-o", csv, "--tracker", "swipe");
    assertEquals(2, unknown.exitCode(), unknown.err());
    assertTrue(unknown.err().contains("there are yin, crepe-tiny"), unknown.err());
    CommandResult tarsos = CommandResult.of("f0", wav, "-o", csv, "--tracker", "tarsos-yin");
    assertEquals(2, tarsos.exitCode(), tarsos.err());
    assertTrue(tarsos.err().contains("vocalise-pitch-tarsos.jar"), tarsos.err());
    assertFalse(Files.exists(csv));
  }

  @Test
  void existingPicturesAreKept() throws IOException {
    Path wav = tone("a.wav", 22_050);
    Files.writeString(folder.resolve("a.png"), "mine");
    Path csv = folder.resolve("a.csv");
    assertEquals(2, CommandResult.of("f0", wav, "-o", csv).exitCode());
    assertEquals("mine", Files.readString(folder.resolve("a.png")));
    assertEquals(0, CommandResult.of("f0", wav, "-o", csv, "--overwrite").exitCode());
    assertNotNull(ImageIO.read(folder.resolve("a.png").toFile()));
  }
}
