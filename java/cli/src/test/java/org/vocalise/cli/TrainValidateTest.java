package org.vocalise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.vocalise.dsp.audio.WavFormat;
import org.vocalise.dsp.audio.WavWriter;
import org.vocalise.dsp.synth.SungPhrase;
import org.vocalise.inference.OutputKind;
import org.vocalise.inference.TinyModels;
import org.vocalise.training.run.RunDirectory;
import org.vocalise.training.run.RunLock;

/** {@code vocalise train validate} and what follows from it, on runs of the stand-in trainer. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals of POSIX")
@Timeout(300)
final class TrainValidateTest {
  private static final Path PYTHON = Path.of("/usr/bin/python3");
  private static final Path STANDIN =
      Path.of("../training/src/test/resources/standin").toAbsolutePath().normalize();

  @TempDir private Path folder;
  private Path data;
  private Path runs;

  @BeforeEach
  void makeData() throws IOException {
    assumeTrue(Files.isExecutable(PYTHON), "no " + PYTHON);
    data = Files.createDirectories(folder.resolve("data"));
    Files.writeString(data.resolve("a.wav"), "");
    runs = Files.createDirectories(folder.resolve("runs"));
    Path clips = Files.createDirectories(runs.resolve("clips"));
    float[] phrase = Arrays.copyOf(SungPhrase.sing(22_050).samples(), 256 * 260);
    try (WavWriter wav = new WavWriter(clips.resolve("a.wav"), 22_050, WavFormat.PCM16)) {
      wav.write(phrase, 0, phrase.length);
    }
    Object[] mel = {"mel", clips.resolve("a.wav"), "-o", clips.resolve("a.npy")};
    assertEquals(0, CommandResult.of(mel).exitCode());
    Files.writeString(
        clips.resolve("clips.json"), "{\"clips\": [{\"name\": \"A/a.wav\", \"stem\": \"a\"}]}");
    TinyModels.write(runs.resolve("model.onnx"), OutputKind.AUDIO, 1);
  }

  @Test
  void runWithoutProgressIsStoppedEarlyAndItsBestExported() throws Exception {
    CommandResult started =
        start(
            "first",
            "--attach",
            "--patience",
            "1",
            "--set",
            "steps=4000",
            "--set",
            "step_seconds=0.05");
    assertEquals(0, started.exitCode(), started.err());
    assertTrue(started.out().contains("first: stopped, early, at step "), started.out());
    String status = train("status", "first").out();
    assertTrue(status.contains("still that of step 10 (m_stft"), status);
    assertTrue(status.contains("best validation: step 10, m_stft "), status);
    JsonNode document = new ObjectMapper().readTree(train("status", "first", "--json").out());
    assertEquals(10, document.at("/validation/best_step").asLong());
    assertEquals(1, document.at("/validation/patience").asLong());

    CommandResult exported = train("export", "first", "-o", folder.resolve("out.onnx").toString());
    assertEquals(0, exported.exitCode(), exported.err());
    assertTrue(exported.out().contains("the best of validation: step 10, m_stft "), exported.out());
    assertEquals(-1, Files.mismatch(folder.resolve("out.onnx"), runs.resolve("model.onnx")));
  }

  @Test
  void runWhoseOrchestratorWasAwayIsValidatedLater() throws Exception {
    assertEquals(0, start("first", "--no-supervisor").exitCode());
    assertEquals(0, train("watch", "first").exitCode());
    Path damaged = runs.resolve("first/snapshots/step-20.onnx");
    Files.write(damaged, Arrays.copyOf(Files.readAllBytes(damaged), 100));
    CommandResult some = train("validate", "first", "--best-by", "m_stft=1,frechet=0.5");
    assertEquals(3, some.exitCode(), some.err());
    assertTrue(some.err().contains("error: step 20: " + damaged), some.err());
    assertTrue(some.out().contains("step 10: m_stft "), some.out());
    assertTrue(some.out().contains("best by m_stft=1,frechet=0.5: step 10"), some.out());
    assertTrue(train("status", "first").out().contains("warning: validation of step 20: "));
    assertTrue(Files.exists(runs.resolve("first/validation.html")));

    Files.copy(
        runs.resolve("model.onnx"), damaged, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    CommandResult mended = train("validate", "first", "--json");
    assertEquals(0, mended.exitCode(), mended.err());
    JsonNode document = new ObjectMapper().readTree(mended.out());
    assertEquals("m_stft=1,frechet=0.5", document.get("best_by").asText());
    assertEquals(4, document.get("validations").size());
    assertEquals(0, train("validate", "first").exitCode(), "nothing is left to do");
    CommandResult median = train("validate", "first", "--best-by", "f0_median_cents");
    assertTrue(median.out().contains("best by f0_median_cents: step 10"), median.out());
    Path log = runs.resolve("first/validation.jsonl");
    Files.writeString(log, Files.readString(log).replace("f0_median_cents", "other"));
    CommandResult earlier = train("validate", "first");
    assertTrue(earlier.err().contains("no validation has a value of f0_median"), earlier.err());
  }

  @Test
  void runInWhichNobodyValidatesIsLeftAlone() throws Exception {
    Files.writeString(runs.resolve("clips/clips.json"), "{\"clips\": []}");
    CommandResult started = start("first", "--attach");
    assertEquals(0, started.exitCode(), started.err());
    String status = train("status", "first").out();
    assertFalse(status.contains("not validated"), status);
    assertRefused(4, "nobody validates in this run", train("validate", "first"));
    CommandResult resumed = train("resume", "first");
    assertTrue(resumed.out().contains("nothing is left to train"), resumed.out());
  }

  @Test
  void whatCannotBeValidatedIsRefused() throws Exception {
    assertEquals(0, start("first", "--no-supervisor").exitCode());
    assertEquals(0, train("watch", "first").exitCode());
    assertRefused(2, "no metric 'loss'", train("validate", "first", "--best-by", "loss"));
    assertRefused(2, "no tracker 'ear'", train("validate", "first", "--tracker", "ear"));
    assertRefused(2, "no embedding 'ear'", train("validate", "first", "--embedding", "ear"));
    assertRefused(2, "can be negative", train("validate", "first", "--patience", "-1"));
    try (RunLock lock = RunLock.take(new RunDirectory(runs.resolve("first")))) {
      assertRefused(4, "held by process", train("validate", "first"));
      assertFalse(Files.exists(runs.resolve("first/validation.jsonl")));
      assertEquals(null, lock.predecessor());
    }
    Files.delete(runs.resolve("first/validation/clips.json"));
    assertRefused(4, "holds no validation clips", train("validate", "first"));
    assertRefused(2, "no metric", start("second", "--best-by", "m_stft,ears"));
    assertFalse(Files.exists(runs.resolve("second")));
  }

  private static void assertRefused(int exitCode, String words, CommandResult result) {
    assertEquals(exitCode, result.exitCode(), result.err());
    assertTrue(result.err().contains(words), result.err());
  }

  private CommandResult start(String name, String... more) {
    List<Object> arguments = new ArrayList<>(List.of("train", "start", "--name", name));
    arguments.addAll(List.of("--preset", "small", "--data", data, "--runs", runs));
    arguments.addAll(List.of("--trainer", STANDIN, "--python", PYTHON));
    arguments.addAll(List.of("--set", "snapshots=1", "--set", "validate_every=10"));
    arguments.addAll(List.of(more));
    return CommandResult.of(arguments.toArray());
  }

  private CommandResult train(String command, String... arguments) {
    List<Object> all = new ArrayList<>(List.of("train", command));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--runs", runs));
    return CommandResult.of(all.toArray());
  }
}
