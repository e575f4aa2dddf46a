package org.vocalise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.vocalise.inference.ModelStore;

/** What {@code vocalise score} says to input that is not as it should be. */
final class ScoreWrongInputTest {
  private static final int RATE = 22_050;
  private static final int SAMPLES = 22_050;

  @TempDir private Path folder;

  @Test
  void foldersThatAreMissingOrEmpty() throws IOException {
    pair(0);
    assertRefused(4, "no such folder; check --reference", "nowhere", "synth");
    assertRefused(4, "no such folder; check --synth", "reference", "nowhere");
    Files.createDirectories(folder.resolve("empty"));
    assertRefused(4, "no .wav or .flac file in it", "empty", "synth");
    assertRefused(4, "no .wav or .flac file in it", "reference", "empty");
  }

  @Test
  void moreFilesOnOneSideAreNamedAndAllowedOnRequest() throws IOException {
    pair(0);
    pair(1);
    TestAudio.tone(folder.resolve("reference/only-sung.wav"), RATE, SAMPLES, 7);
    TestAudio.tone(folder.resolve("synth/only-made.wav"), RATE, SAMPLES, 8);
    CommandResult refused = score();
    assertEquals(4, refused.exitCode());
    assertEquals(1, refused.errorLines().size(), refused.err());
    assertTrue(refused.err().contains("synth has no file for only-sung"), refused.err());
    assertTrue(refused.err().contains("no reference for only-made of synth"), refused.err());
    assertFalse(Files.exists(folder.resolve("out/scores.json")));

    CommandResult allowed = score("--allow-missing");
    assertEquals(0, allowed.exitCode(), allowed.err());
    assertTrue(allowed.err().contains("warning: synth has no file for only-sung"), allowed.err());
    JsonNode system = scores().at("/systems/0");
    assertEquals(2, system.get("files").size());
    assertEquals("no reference", system.at("/skipped/0/reason").asText());
    assertEquals("no synthesised file", system.at("/skipped/1/reason").asText());
  }

  @Test
  void noPairAtAll() throws IOException {
    TestAudio.tone(folder.resolve("reference/a.wav"), RATE, SAMPLES, 1);
    TestAudio.tone(folder.resolve("synth/b.wav"), RATE, SAMPLES, 1);
    CommandResult result = score("--allow-missing");
    assertEquals(4, result.exitCode());
    assertTrue(result.err().contains("none of its 1 files has a reference"), result.err());
    assertTrue(result.err().contains("--pairs"), result.err());
  }

  @Test
  void ambiguousNames() throws IOException {
    TestAudio.tone(folder.resolve("reference/x/1.wav"), RATE, SAMPLES, 1);
    TestAudio.tone(folder.resolve("reference/y/1.wav"), RATE, SAMPLES, 1);
    TestAudio.tone(folder.resolve("synth/1.wav"), RATE, SAMPLES, 1);
    CommandResult result = score();
    assertEquals(4, result.exitCode());
    assertTrue(result.err().contains("could be its reference"), result.err());
  }

  @Test
  void ratesChannelsLengthsAndLevelsAreFlagged() throws IOException {
    TestAudio.tone(folder.resolve("reference/rate.wav"), 48_000, 48_000, 1);
    TestAudio.tone(folder.resolve("synth/rate.wav"), 44_100, 44_100, 1);
    float[] stereo = new float[2 * SAMPLES];
    for (int i = 0; i < stereo.length; i++) {
      int frame = i / 2;
      stereo[i] = 0.3f * (float) Math.sin(0.03 * frame);
    }
    TestAudio.raw(folder.resolve("reference/stereo.wav"), RATE, 2, stereo);
    TestAudio.raw(folder.resolve("synth/stereo.wav"), RATE, 1, new float[SAMPLES + 500]);
    CommandResult result = score();
    assertEquals(0, result.exitCode(), result.err());
    JsonNode files = scores().at("/systems/0/files");
    assertTrue(files.at("/0/flags/0").asText().contains("has 44100 Hz"), files.toString());
    String flags = files.at("/1/flags").toString();
    assertTrue(flags.contains("the reference has 2 channels"), flags);
    assertTrue(flags.contains("2.3 % apart"), flags);
    assertTrue(flags.contains("the synthesis is silent"), flags);
    assertTrue(files.at("/1/m_stft").isNumber(), files.toString());
  }

  @Test
  void silentReferenceAndATenthOfASecondHaveWhatScoresExist() throws IOException {
    TestAudio.write(folder.resolve("reference/a.wav"), RATE, new float[SAMPLES]);
    TestAudio.tone(folder.resolve("synth/a.wav"), RATE, SAMPLES, 1);
    TestAudio.tone(folder.resolve("reference/b.wav"), RATE, RATE / 10, 1);
    TestAudio.tone(folder.resolve("synth/b.wav"), RATE, RATE / 10, 2);
    TestAudio.tone(folder.resolve("reference/c.wav"), RATE, 1, 1);
    TestAudio.tone(folder.resolve("synth/c.wav"), RATE, 1, 2);
    CommandResult result = score("--metrics", "m_stft,mss,mel_l1,lsd,log2f0_mean,f0_mae_cents");
    assertEquals(0, result.exitCode(), result.err());
    JsonNode system = scores().at("/systems/0");
    assertFalse(system.at("/files/0").has("log2f0_mean"), system.toString());
    assertFalse(system.at("/files/0").has("m_stft"), system.toString());
    assertTrue(system.at("/files/1/m_stft").isNumber(), system.toString());
    assertTrue(system.at("/skipped").size() >= 5, system.toString());
    for (JsonNode skipped : system.get("skipped")) {
      assertFalse(skipped.get("reason").asText().isBlank(), system.toString());
    }
  }

  @Test
  void notANumberAndDamageFailAloneAmongThirty() throws IOException {
    for (int i = 0; i < 30; i++) {
      pair(i);
    }
    Files.writeString(folder.resolve("synth/07.wav"), "this is no audio");
    TestAudio.raw(folder.resolve("synth/11.wav"), RATE, 1, 0, 0.1f, Float.NaN, 0.2f);
    CommandResult result = score("--jobs", 2);
    assertEquals(3, result.exitCode());
    assertTrue(result.err().contains("2 of 30 pairs failed"), result.err());
    assertTrue(result.err().contains("07.wav"), result.err());
    assertTrue(result.err().contains("11.wav: byte 52: sample 2 is not a number"), result.err());
    JsonNode system = scores().at("/systems/0");
    assertEquals(28, system.get("files").size());
    assertEquals("file", system.at("/skipped/0/metric").asText());

    pair(7);
    pair(11);
    CommandResult resumed = score("--resume");
    assertEquals(0, resumed.exitCode(), resumed.err());
    assertEquals(30, scores().at("/systems/0/files").size());
  }

  @Test
  void cacheFilesCutInHalfAreMadeAgain() throws IOException {
    pair(0);
    pair(1);
    assertEquals(0, score().exitCode());
    String before = Files.readString(folder.resolve("out/scores.json"));
    List<Path> features;
    try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
      features = files.filter(Files::isRegularFile).toList();
    }
    assertFalse(features.isEmpty());
    for (Path feature : features) {
      byte[] whole = Files.readAllBytes(feature);
      Files.write(feature, java.util.Arrays.copyOf(whole, whole.length / 2));
    }
    CommandResult again = score("--overwrite");
    assertEquals(0, again.exitCode(), again.err());
    assertEquals("", again.err().lines().filter(l -> l.contains("cache")).findAny().orElse(""));
    assertEquals(before, Files.readString(folder.resolve("out/scores.json")));
  }

  @Test
  void modelThatIsNoCrepeAndNamesThatDoNotExist() throws IOException {
    pair(0);
    Path models = Files.createDirectories(folder.resolve("models"));
    String before = System.getProperty(ModelStore.USER_FOLDER);
    System.setProperty(ModelStore.USER_FOLDER, models.toString());
    try {
      CommandResult missing = score("--tracker", "crepe-tiny");
      assertEquals(4, missing.exitCode());
      assertTrue(missing.err().contains("vocalise models add"), missing.err());
      Files.writeString(models.resolve("crepe-tiny.onnx"), "no model");
      CommandResult wrong = score("--tracker", "crepe-tiny");
      assertEquals(4, wrong.exitCode(), wrong.err());
      assertTrue(wrong.err().contains("crepe-tiny.onnx"), wrong.err());
    } finally {
      if (before == null) {
        System.clearProperty(ModelStore.USER_FOLDER);
      } else {
        System.setProperty(ModelStore.USER_FOLDER, before);
      }
    }
    CommandResult tracker = score("--tracker", "yang");
    assertEquals(2, tracker.exitCode());
    assertTrue(tracker.err().contains("yin"), tracker.err());
    CommandResult embedding = score("--embedding", "vgg");
    assertEquals(2, embedding.exitCode());
    assertTrue(embedding.err().contains("vggish"), embedding.err());
    CommandResult metric = score("--metrics", "m_stft,snr");
    assertEquals(2, metric.exitCode());
    assertTrue(metric.err().contains("no metric is named 'snr'; there are m_stft"), metric.err());
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs a file system of its own")
  void fullDiskLosesNothingThatWasScored() throws Exception {
    Path disk = Files.createDirectories(folder.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString()) == 0,
        "a small file system can't be mounted here");
    try {
      for (int i = 0; i < 12; i++) {
        pair(i);
      }
      // Leaves room for the first lines of the journal.
      Path ballast = Files.write(disk.resolve("ballast"), new byte[56 * 1024]);
      CommandResult full = into(disk.resolve("out"));
      assertEquals(3, full.exitCode(), full.err());
      assertTrue(full.err().contains("No space left"), full.err());
      Files.delete(ballast);
      CommandResult resumed = into(disk.resolve("out"), "--resume");
      assertEquals(0, resumed.exitCode(), resumed.err());
      JsonNode scores = new ObjectMapper().readTree(disk.resolve("out/scores.json").toFile());
      assertEquals(12, scores.at("/systems/0/files").size());
    } finally {
      run("umount", disk.toString());
    }
  }

  private void assertRefused(int exitCode, String reason, String reference, String synth) {
    CommandResult result =
        CommandResult.of(
            "score",
            "--reference",
            folder.resolve(reference),
            "--synth",
            folder.resolve(synth),
            "-o",
            folder.resolve("out"));
    assertEquals(exitCode, result.exitCode());
    assertEquals(1, result.errorLines().size(), result.err());
    assertTrue(result.err().contains(reason), result.err());
  }

  private CommandResult score(Object... options) {
    return into(folder.resolve("out"), options);
  }

  private CommandResult into(Path out, Object... options) {
    List<Object> args =
        new ArrayList<>(
            List.of(
                "score",
                "--reference",
                folder.resolve("reference"),
                "--synth",
                folder.resolve("synth"),
                "-o",
                out,
                "--cache",
                folder.resolve("cache"),
                "--no-report"));
    if (!List.of(options).contains("--metrics")) {
      args.addAll(List.of("--metrics", "m_stft"));
    }
    args.addAll(List.of(options));
    return CommandResult.of(args.toArray());
  }

  private JsonNode scores() throws IOException {
    return new ObjectMapper().readTree(folder.resolve("out/scores.json").toFile());
  }

  private void pair(int number) throws IOException {
    String name = "%02d.wav".formatted(number);
    TestAudio.tone(folder.resolve("reference").resolve(name), RATE, SAMPLES / 2, number);
    TestAudio.tone(folder.resolve("synth").resolve(name), RATE, SAMPLES / 2, number + 100);
  }

  private static int run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor();
  }
}
