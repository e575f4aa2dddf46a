package org.vocalise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BssEvalCommandTest {
  private static final int LENGTH = 20_000;

  @TempDir private Path folder;
  private Path voice;
  private Path rest;
  private Path voiceEstimate;
  private Path restEstimate;

  @BeforeEach
  void makeFiles() throws IOException {
    float[] a = noise(1);
    float[] b = noise(2);
    voice = TestAudio.write(folder.resolve("voice.wav"), 8000, a);
    rest = TestAudio.write(folder.resolve("rest.wav"), 8000, b);
    voiceEstimate = TestAudio.write(folder.resolve("voice1.wav"), 8000, mixed(a, b));
    restEstimate = TestAudio.write(folder.resolve("rest1.wav"), 8000, mixed(b, a));
  }

  @Test
  void leaksOfATenthAreTwentyDecibelsDown() {
    CommandResult result =
        CommandResult.of(
            "bss-eval", "--reference", voice, rest, "--estimate", voiceEstimate, restEstimate);
    assertEquals(0, result.exitCode(), result.err());
    assertTrue(result.out().matches("(?s).*voice1.wav: SDR (19|20)\\.\\d\\d .*"), result.out());
    assertEquals(2, result.out().lines().count());
  }

  @Test
  void permutationsAreFoundAndNamedInJson() {
    CommandResult result =
        CommandResult.of(
            "bss-eval",
            "--json",
            "--definition",
            "sources-v3",
            "--reference",
            voice,
            rest,
            "--estimate",
            restEstimate,
            voiceEstimate);
    assertEquals(0, result.exitCode(), result.err());
    assertTrue(result.out().contains("\"criterion\": \"SOURCES\""), result.out());
    assertTrue(
        result.out().indexOf("voice1.wav") < result.out().indexOf("rest1.wav"), result.out());
  }

  @Test
  void wrongInputIsRefusedByName() throws IOException {
    Path silent = TestAudio.write(folder.resolve("silent.wav"), 8000, new float[LENGTH]);
    CommandResult result = CommandResult.of("bss-eval", "--reference", voice, "--estimate", silent);
    assertEquals(4, result.exitCode());
    assertTrue(result.err().contains("silent.wav: the estimate is silent"), result.err());
    Path brief = TestAudio.write(folder.resolve("brief.wav"), 8000, new float[LENGTH - 1]);
    assertEquals(
        4, CommandResult.of("bss-eval", "--reference", voice, "--estimate", brief).exitCode());
    assertEquals(
        2,
        CommandResult.of("bss-eval", "--reference", voice, rest, "--estimate", silent).exitCode());
    assertEquals(
        2,
        CommandResult.of("bss-eval", "--definition", "v9", "--reference", voice, "--estimate", rest)
            .exitCode());
  }

  private static float[] noise(long seed) {
    Random random = new Random(seed);
    float[] samples = new float[LENGTH];
    for (int n = 0; n < LENGTH; n++) {
      samples[n] = 0.3f * (random.nextFloat() - 0.5f);
    }
    return samples;
  }

  private static float[] mixed(float[] own, float[] other) {
    float[] mixture = new float[LENGTH];
    for (int n = 0; n < LENGTH; n++) {
      mixture[n] = own[n] + 0.1f * other[n];
    }
    return mixture;
  }
}
