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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vocalise.dsp.audio.AudioFiles;
import org.vocalise.dsp.audio.Waveform;

final class VocodeCommandTest {
  private static final int FILES = 4;

  @TempDir private Path folder;
  private Path mels;
  private Path wavs;

  @BeforeEach
  void makeMels() throws IOException {
    mels = folder.resolve("mels");
    wavs = folder.resolve("wavs");
    for (int i = 0; i < FILES; i++) {
      TestAudio.tone(folder.resolve("in/S#" + i + "/0.wav"), 22050, 12_000 + 3000 * i, i);
    }
    assertEquals(0, CommandResult.of("mel", folder.resolve("in"), "-o", mels).exitCode());
  }

  @Test
  void waveformHasAHopOfSamplesForEachFrame() throws IOException {
    Path wav = folder.resolve("a.wav");
    CommandResult result = CommandResult.of("vocode", mels.resolve("S#0/0.npy"), "-o", wav);
    assertEquals(0, result.exitCode(), result.err());
    assertEquals(wav + ": 11776 samples, 0.53 s\n", result.out());
    assertTrue(result.err().startsWith("vocoder: "), result.err());
    Waveform waveform = AudioFiles.read(wav);
    assertEquals(256 * (12_000 / 256), waveform.samples().length);
    assertEquals(22050, waveform.sampleRate());
  }

  @Test
  void convergenceIsPrintedForEachIteration() {
    Path mel = mels.resolve("S#0/0.npy");
    Path wav = folder.resolve("a.wav");
    CommandResult result =
        CommandResult.of("vocode", mel, "-o", wav, "--convergence", "--iterations", 2);
    assertEquals(0, result.exitCode(), result.err());
    String line = "\\Q" + mel + "\\E: from frame 0: iteration %d: -\\d+\\.\\d\\d dB";
    for (int iteration = 0; iteration <= 2; iteration++) {
      String actual = result.out().lines().toList().get(iteration);
      assertTrue(actual.matches(line.formatted(iteration)), actual);
    }
  }

  @Test
  void settingsThatTheInversionExcludesAreOffUnlessAskedFor() throws IOException {
    vocode(wavs, "--inversion", "nnls", "--iterations", 1);
    JsonNode manifest = new ObjectMapper().readTree(wavs.resolve("manifest.json").toFile());
    assertFalse(manifest.at("/settings/vocoder/fill").asBoolean());
    Path wav = folder.resolve("a.wav");
    CommandResult result =
        CommandResult.of("vocode", mels, "-o", wav + "/", "--inversion", "nnls", "--fill");
    assertEquals(2, result.exitCode());
    assertEquals(1, result.errorLines().size(), result.err());
  }

  @Test
  void bytesDependOnTheSeedAndNotOnTheNumberOfJobs() throws IOException {
    for (int jobs : List.of(1, 2, 4)) {
      vocode(folder.resolve("out" + jobs), "--jobs", jobs, "--start", "random");
    }
    vocode(folder.resolve("seeded"), "--seed", 1, "--start", "random");
    for (int i = 0; i < FILES; i++) {
      String name = "S#" + i + "/0.wav";
      byte[] one = Files.readAllBytes(folder.resolve("out1").resolve(name));
      assertArrayEquals(one, Files.readAllBytes(folder.resolve("out2").resolve(name)));
      assertArrayEquals(one, Files.readAllBytes(folder.resolve("out4").resolve(name)));
      byte[] seeded = Files.readAllBytes(folder.resolve("seeded").resolve(name));
      assertFalse(Arrays.equals(one, seeded));
    }
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("out1/manifest.json")),
        Files.readAllBytes(folder.resolve("out4/manifest.json")));
  }

  @Test
  void verifyFindsIdenticalFiles() throws IOException {
    vocode(wavs, "--seed", 7, "--iterations", 3, "--no-fill", "--format", "float32");
    CommandResult result = verify();
    assertEquals(0, result.exitCode(), result.err());
    assertEquals(
        """
        S#0/0.wav: identical
        S#1/0.wav: identical
        S#2/0.wav: identical
        S#3/0.wav: identical
        4 of 4 files identical
        """,
        result.out());
  }

  @Test
  void verifyCountsDifferingSamples() throws IOException {
    vocode(wavs);
    Path changed = wavs.resolve("S#2/0.wav");
    byte[] bytes = Files.readAllBytes(changed);
    bytes[44 + 2 * 100] ^= 1;
    bytes[44 + 2 * 200 + 1] ^= 4;
    Files.write(changed, bytes);
    Files.delete(wavs.resolve("S#3/0.wav"));
    CommandResult result = verify();
    assertEquals(5, result.exitCode(), result.err());
    assertTrue(
        result
            .out()
            .contains(
                "S#2/0.wav: 2 of 17920 samples differ, largest difference 0.0313 (1024.0 steps"),
        result.out());
    assertTrue(result.out().contains("S#3/0.wav: identical by SHA-256"), result.out());
    assertTrue(result.out().endsWith("3 of 4 files identical\n"), result.out());
    JsonNode json = new ObjectMapper().readTree(verify("--json").out());
    assertEquals(2, json.at("/files/2/differing").asInt());
  }

  @Test
  void verifyTellsAnotherMelFromAnotherWaveform() throws IOException {
    vocode(wavs);
    TestNpy.of(mels.resolve("S#1/0.npy"), 80, 20, 0.5f);
    TestNpy.of(mels.resolve("new.npy"), 80, 20, 0.5f);
    CommandResult result = verify();
    assertEquals(3, result.exitCode());
    assertTrue(result.err().contains("S#1/0.npy: not the file that the run read"), result.err());
    assertTrue(result.err().contains("new.npy: not in the manifest"), result.err());
  }

  @Test
  void verifyRefusesOptionsAndOtherManifests() throws IOException {
    vocode(wavs);
    assertEquals(2, verify("--iterations", 4).exitCode());
    CommandResult other = CommandResult.of("vocode", mels, "--verify", mels + "/manifest.json");
    assertEquals(4, other.exitCode());
    assertTrue(other.err().contains("records a run of mel, not of vocode"), other.err());
    Path broken = folder.resolve("m.json");
    for (String text : List.of("", "[]", "{\"schema\": 9}", "{\"schema\": 1}", "{\"schema\"")) {
      Files.writeString(broken, text);
      CommandResult result = CommandResult.of("vocode", mels, "--verify", broken);
      assertEquals(4, result.exitCode(), text);
      assertEquals(1, result.errorLines().size(), result.err());
    }
  }

  @Test
  void resumeKeepsWhatIsThereAndRefusesOtherSettings() throws IOException {
    String[] engine = {"--engine", "griffin-lim"};
    vocode(wavs, (Object[]) engine);
    String manifest = Files.readString(wavs.resolve("manifest.json"));
    Files.delete(wavs.resolve("S#1/0.wav"));
    CommandResult result = run(engine, "vocode", mels, "-o", wavs, "--resume");
    assertEquals(0, result.exitCode(), result.err());
    assertEquals(3, result.out().lines().filter(line -> line.endsWith("kept")).count());
    assertEquals(manifest, Files.readString(wavs.resolve("manifest.json")));
    CommandResult other = run(engine, "vocode", mels, "-o", wavs, "--resume", "--seed", 3);
    assertEquals(2, other.exitCode());
    assertTrue(other.err().contains("vocoder.seed: 3 here, 0 there"), other.err());
  }

  private CommandResult verify(Object... more) {
    return run(more, "vocode", mels, "--verify", wavs.resolve("manifest.json"));
  }

  private void vocode(Path out, Object... more) {
    CommandResult result = run(more, "vocode", mels, "-o", out);
    assertEquals(0, result.exitCode(), result.err());
  }

  private static CommandResult run(Object[] more, Object... first) {
    Object[] all = Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return CommandResult.of(all);
  }
}
