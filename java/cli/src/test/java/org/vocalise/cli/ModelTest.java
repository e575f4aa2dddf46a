package org.vocalise.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vocalise.dsp.audio.AudioFiles;
import org.vocalise.inference.ModelStore;
import org.vocalise.inference.OutputKind;
import org.vocalise.inference.TinyModels;

/** {@code vocalise models}, and {@code vocalise vocode --model}. */
final class ModelTest {
  @TempDir private Path folder;
  private Path mels;
  private Path model;

  @BeforeEach
  void makeMelsAndAModel() throws IOException {
    System.setProperty(ModelStore.USER_FOLDER, folder.resolve("models").toString());
    mels = folder.resolve("mels");
    for (int i = 0; i < 3; i++) {
      TestAudio.tone(folder.resolve("in/" + i + ".wav"), 22050, 30_000 + 9000 * i, i);
    }
    assertEquals(0, CommandResult.of("mel", folder.resolve("in"), "-o", mels).exitCode());
    model = TinyModels.write(folder, OutputKind.AUDIO);
  }

  @AfterEach
  void forgetTheFolder() {
    System.clearProperty(ModelStore.USER_FOLDER);
  }

  @ParameterizedTest
  @EnumSource
  void bytesAreTheSameForAnyNumberOfJobs(OutputKind kind) throws IOException {
    Path file = TinyModels.write(folder, kind);
    for (int jobs : new int[] {1, 2, 7}) {
      CommandResult result =
          CommandResult.of(
              "vocode", mels, "-o", folder.resolve("w" + jobs), "--model", file, "--jobs", jobs);
      assertEquals(0, result.exitCode(), result.err());
    }
    for (String name : new String[] {"0.wav", "1.wav", "2.wav", "manifest.json"}) {
      byte[] one = Files.readAllBytes(folder.resolve("w1").resolve(name));
      assertArrayEquals(one, Files.readAllBytes(folder.resolve("w2").resolve(name)));
      assertArrayEquals(one, Files.readAllBytes(folder.resolve("w7").resolve(name)));
    }
    assertEquals(
        256 * (30_000 / 256), AudioFiles.read(folder.resolve("w1/0.wav")).samples().length);
    JsonNode manifest = new ObjectMapper().readTree(folder.resolve("w1/manifest.json").toFile());
    assertEquals("tiny-" + kind, manifest.at("/settings/vocoder/model").asText());
    assertEquals("1.29.0", manifest.at("/settings/vocoder/onnxruntime").asText());
    assertEquals(64, manifest.at("/settings/vocoder/weights_sha256").asText().length());
  }

  @Test
  void verifyRunsTheModelAgain() throws IOException {
    Path wavs = folder.resolve("wavs");
    CommandResult made = CommandResult.of("vocode", mels, "-o", wavs, "--model", model);
    assertEquals(0, made.exitCode(), made.err());
    CommandResult same =
        CommandResult.of("vocode", mels, "--verify", wavs + "/manifest.json", "--model", model);
    assertEquals(0, same.exitCode(), same.err());
    assertTrue(same.out().endsWith("3 of 3 files identical\n"), same.out());

    CommandResult unnamed = CommandResult.of("vocode", mels, "--verify", wavs + "/manifest.json");
    assertRefused(
        4, "tiny-AUDIO: no model of this name; there are singing, singing-small; ", unnamed);
    Path other = TinyModels.write(folder, OutputKind.COMPLEX);
    CommandResult wrong =
        CommandResult.of("vocode", mels, "--verify", wavs + "/manifest.json", "--model", other);
    assertRefused(4, "can't work as recorded: ", wrong);
  }

  @Test
  void modelsAreAddedListedShownAndUsedByName() throws IOException {
    CommandResult shipped = CommandResult.of("models", "list");
    assertEquals(0, shipped.exitCode());
    assertTrue(shipped.out().startsWith("singing: vocoder, "), shipped.out());
    assertEquals(0, CommandResult.of("models", "add", model, "--name", "mine").exitCode());
    assertRefused(3, "exists", CommandResult.of("models", "add", model, "--name", "mine"));
    assertRefused(2, "not made of", CommandResult.of("models", "add", model, "--name", "a/b"));

    String list = CommandResult.of("models", "list").out();
    assertTrue(list.startsWith("mine: vocoder, tiny, 80 bands at 22050 Hz, "), list);
    JsonNode json = new ObjectMapper().readTree(CommandResult.of("models", "list", "--json").out());
    assertEquals("zero", json.at("/models/0/mel_spec/padding").asText());
    String shown = CommandResult.of("models", "show", "mine").out();
    assertTrue(shown.contains("chunk_frames: 48\n"), shown);
    assertTrue(CommandResult.of("models", "verify").out().contains("mine.onnx: identical\n"));

    Path wav = folder.resolve("a.wav");
    CommandResult result =
        CommandResult.of("vocode", mels.resolve("0.npy"), "-o", wav, "--model", "mine");
    assertEquals(0, result.exitCode(), result.err());
    assertRefused(
        4,
        "yours: no model of this name; there are mine, singing, singing-small; ",
        CommandResult.of("vocode", mels, "-o", folder.resolve("b"), "--model", "yours"));
  }

  @Test
  void modelWhoseWeightsWereChangedIsFound() throws IOException {
    byte[] bytes = Files.readAllBytes(model);
    bytes[bytes.length / 2] ^= 1;
    Files.write(model, bytes);
    CommandResult result = CommandResult.of("models", "verify", model);
    assertEquals(5, result.exitCode(), result.err());
    assertTrue(result.out().contains("weights "), result.out());
  }

  @Test
  void melsOfAnotherSpecAndOptionsOfAnotherEngineAreRefused() {
    String out = folder.resolve("out").toString();
    assertRefused(
        4,
        "! scale htk where the mel has slaney",
        CommandResult.of("vocode", mels, "-o", out, "--model", model, "--preset", "hifigan"));
    assertRefused(
        2,
        "exclude each other",
        CommandResult.of("vocode", mels, "-o", out, "--model", model, "--engine", "griffin-lim"));
    assertRefused(
        2,
        "needs --model",
        CommandResult.of("vocode", mels, "-o", out, "--engine", "onnx", "--preset", "hifigan"));
    assertRefused(
        2,
        "--convergence is of Griffin-Lim",
        CommandResult.of("vocode", mels, "-o", out, "--model", model, "--convergence"));
    assertRefused(
        2,
        "device is 'gpu', not auto, cpu or cuda:N",
        CommandResult.of("vocode", mels, "-o", out, "--model", model, "--device", "gpu"));
  }

  @Test
  void deviceThatIsNotThereIsAnErrorUnlessItIsAuto() {
    Path wav = folder.resolve("a.wav");
    Path mel = mels.resolve("0.npy");
    CommandResult cuda =
        CommandResult.of("vocode", mel, "-o", wav, "--model", model, "--device", "cuda:0");
    boolean gpu = cuda.exitCode() == 0;
    if (!gpu) {
      assertRefused(2, "cuda:0 can't be used: ", cuda);
    }
    Path other = folder.resolve("b.wav");
    CommandResult auto =
        CommandResult.of("vocode", mel, "-o", other, "--model", model, "--device", "auto");
    assertEquals(0, auto.exitCode(), auto.err());
    assertEquals(
        !gpu, auto.err().startsWith("device: cpu, since cuda:0 can't be used"), auto.err());
  }

  @Test
  void melOfNoFramesIsRefused() throws IOException {
    Path empty = TestNpy.of(folder.resolve("empty.npy"), 80, 0, 1);
    Path wav = folder.resolve("a.wav");
    CommandResult result =
        CommandResult.of("vocode", empty, "-o", wav, "--model", model, "--quiet");
    assertRefused(4, "empty.npy: byte 10: shape (80, 0): the array is empty", result);
  }

  @Test
  void whatIsNoModelIsRefusedInOneLine() throws IOException {
    Path wav = folder.resolve("a.wav");
    Path text = Files.writeString(folder.resolve("a.onnx"), "hello");
    for (Path file : new Path[] {text, folder, folder.resolve("none.onnx")}) {
      assertRefused(
          4, file.toString(), CommandResult.of("vocode", mels, "-o", wav, "--model", file + "/"));
      assertRefused(4, file.toString(), CommandResult.of("models", "show", file + "/"));
      assertRefused(4, file.toString(), CommandResult.of("models", "add", file));
    }
  }

  private static void assertRefused(int exitCode, String words, CommandResult result) {
    assertEquals(exitCode, result.exitCode(), result.err());
    assertTrue(result.err().contains(words), result.err());
    assertEquals(1, result.errorLines().size(), result.err());
  }
}
