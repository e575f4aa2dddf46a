package org.vocalise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user gets wrong: each is one line that names the file and the cure, and an exit code. */
final class WrongInputTest {
  @TempDir private Path folder;

  @Test
  void missingFile() {
    refused(4, "mel", "nowhere.wav", "nowhere.wav: no such file");
    refused(4, "vocode", "nowhere.npy", "nowhere.npy: no such file");
    refused(4, "plot", "nowhere.npy", "nowhere.npy: no such file");
  }

  @Test
  void emptyFolder() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    refused(4, "mel", empty, empty + ": no .wav or .flac file in it");
    refused(4, "vocode", empty, empty + ": no .npy file in it");
  }

  @Test
  void folderInsteadOfFile() throws IOException {
    Path made = Files.createDirectories(folder.resolve("x.wav"));
    refused(4, "plot", made, "is a folder where a file is expected");
    Path spec = Files.createDirectories(folder.resolve("spec.yaml"));
    CommandResult result = CommandResult.of("mel", "a.wav", "-o", "b.npy", "--spec", spec);
    assertEquals(4, result.exitCode());
    assertTrue(result.err().contains("is a folder"), result.err());
  }

  @Test
  void textAndEmptyAndDamagedFiles() throws IOException {
    Path text = Files.writeString(folder.resolve("text.wav"), "this is no music");
    refused(4, "mel", text, text + ": ");
    Path nothing = Files.createFile(folder.resolve("nothing.wav"));
    refused(4, "mel", nothing, nothing + ": ");
    Path array = Files.writeString(folder.resolve("text.npy"), "this is no array");
    refused(4, "vocode", array, array + ": ");
    Path wav = TestAudio.tone(folder.resolve("a.wav"), 22050, 9000, 1);
    byte[] bytes = Files.readAllBytes(wav);
    Path cut = Files.write(folder.resolve("cut.wav"), Arrays.copyOf(bytes, 9000));
    CommandResult result = CommandResult.of("mel", cut, "-o", folder.resolve("cut.npy"));
    assertEquals(0, result.exitCode(), "what is there is read");
    assertTrue(result.err().startsWith("warning: "), result.err());
    assertEquals(1, result.errorLines().size(), result.err());
  }

  @Test
  void signalsWithoutContent() throws IOException {
    Path none = TestAudio.write(folder.resolve("none.wav"), 22050, new float[0]);
    refused(4, "mel", none, none + ": ");
    Path one = TestAudio.write(folder.resolve("one.wav"), 22050, new float[] {0.5f});
    refused(4, "mel", one, one + ": too short");
    float[] nan = new float[4096];
    Arrays.fill(nan, Float.NaN);
    Path invalid = TestAudio.raw(folder.resolve("nan.wav"), 22050, 1, nan);
    refused(4, "mel", invalid, invalid + ": ");
  }

  @Test
  void signalsTooShortSayHowLongTheyMustBe() throws IOException {
    Path brief = TestAudio.write(folder.resolve("brief.wav"), 22050, new float[300]);
    Path npy = folder.resolve("brief.npy");
    assertEquals(0, CommandResult.of("mel", brief, "-o", npy).exitCode());
    CommandResult result =
        CommandResult.of("mel", brief, "-o", folder.resolve("b.npy"), "--preset", "hifigan");
    assertEquals(4, result.exitCode());
    assertTrue(result.err().contains("at least 385 samples at 22050 Hz"), result.err());
  }

  @Test
  void samplesWhosePowerIsInfinite() throws IOException {
    float[] loud = new float[4096];
    loud[2000] = 1e30f;
    Path wav = TestAudio.raw(folder.resolve("loud.wav"), 22050, 1, loud);
    refused(4, "mel", wav, wav + ": samples too large");
  }

  @Test
  void anEmptyArgumentIsNotTheWorkingFolder() throws IOException {
    for (String command : List.of("mel", "vocode", "plot")) {
      CommandResult result = CommandResult.of(command, "", "-o", folder.resolve("x"));
      assertEquals(2, result.exitCode(), result.err());
      assertTrue(result.err().contains("an empty text names no file"), result.err());
    }
    Path wav = TestAudio.tone(folder.resolve("a.wav"), 22050, 9000, 1);
    refused(2, "mel", wav, "", "-o: an empty text names no file");
  }

  @Test
  void silenceAndClippingAreNoFaults() throws IOException {
    Path zeros = TestAudio.write(folder.resolve("zeros.wav"), 22050, new float[9000]);
    float[] square = new float[9000];
    for (int i = 0; i < square.length; i++) {
      square[i] = i / 50 % 2 == 0 ? 1 : -1;
    }
    Path clipped = TestAudio.write(folder.resolve("clipped.wav"), 22050, square);
    Path mels = folder.resolve("mels");
    assertEquals(0, CommandResult.of("mel", zeros, clipped, "-o", mels).exitCode());
    CommandResult result = CommandResult.of("vocode", mels, "-o", folder.resolve("wavs"));
    assertEquals(0, result.exitCode(), result.err());
  }

  @Test
  void melsThatAreNotWhatTheyShouldBe() throws IOException {
    Path wide = TestNpy.of(folder.resolve("wide.npy"), 128, 20, 1);
    refused(4, "vocode", wide, "128");
    Path log = TestNpy.of(folder.resolve("log.npy"), 80, 20, -4.5f);
    refused(4, "vocode", log, "--mel-scale");
    Path objects = TestNpy.raw(folder.resolve("o.npy"), "|O", "(80, 20)", new byte[100]);
    refused(4, "vocode", objects, objects + ": ");
    Path nan = TestNpy.of(folder.resolve("nan.npy"), 80, 20, Float.NaN);
    refused(4, "vocode", nan, nan + ": ");
    Path hostile = TestNpy.raw(folder.resolve("h.npy"), "<f4", "(80, 99999999999)", new byte[100]);
    refused(4, "vocode", hostile, hostile + ": ");
    CommandResult read =
        CommandResult.of("vocode", log, "-o", folder.resolve("l.wav"), "--mel-scale", "ln");
    assertEquals(0, read.exitCode(), read.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"singing-small", "singing"})
  void shippedVoicesRefuseWhatIsNoMel(String model) throws IOException {
    Path out = folder.resolve("out.wav");
    Path nan = TestNpy.of(folder.resolve("nan.npy"), 80, 20, Float.NaN);
    Path decibels = TestNpy.of(folder.resolve("db.npy"), 80, 20, -40);
    Path wide = TestNpy.of(folder.resolve("wide.npy"), 128, 20, 1);
    for (Path mel : List.of(nan, decibels, wide)) {
      CommandResult result = CommandResult.of("vocode", mel, "-o", out, "--model", model);
      assertEquals(4, result.exitCode(), result.err());
      assertTrue(result.err().contains("error: " + mel + ": "), result.err());
      assertFalse(Files.exists(out));
    }
  }

  @Test
  void audioGivenToVocodeIsSentToMel() throws IOException {
    Path wav = TestAudio.tone(folder.resolve("a.wav"), 22050, 9000, 1);
    refused(4, "vocode", wav, "make one with 'vocalise mel' first");
  }

  @Test
  void existingOutputIsLeftAlone() throws IOException {
    Path wav = TestAudio.tone(folder.resolve("a.wav"), 22050, 9000, 1);
    Path npy = Files.writeString(folder.resolve("a.npy"), "mine");
    refused(2, "mel", wav, npy, npy + ": exists already; --overwrite replaces it");
    assertEquals("mine", Files.readString(npy));
    assertEquals(0, CommandResult.of("mel", wav, "-o", npy, "--overwrite").exitCode());
    assertTrue(Files.size(npy) > 4);
  }

  @Test
  void outputsThatCanNotBe() throws IOException {
    Path wav = TestAudio.tone(folder.resolve("a.wav"), 22050, 9000, 1);
    refused(2, "mel", wav, folder.resolve("out"), "end it with a slash");
    Path file = Files.createFile(folder.resolve("file"));
    refused(2, "mel", wav, file.resolve("a.npy"), "is a file where a folder is needed");
    refused(2, "mel", folder, file, "several outputs need a folder");
    Path other = TestAudio.tone(folder.resolve("b/a.wav"), 22050, 9000, 1);
    Path out = folder.resolve("new");
    CommandResult clash = CommandResult.of("mel", wav, other, "-o", out);
    assertEquals(2, clash.exitCode());
    assertTrue(clash.err().contains("would both become " + out.resolve("a.npy")), clash.err());
    assertFalse(Files.exists(out), "refused before any work");
  }

  @Test
  void oneBadFileAmongThirty() throws IOException {
    Path in = folder.resolve("in");
    for (int i = 0; i < 29; i++) {
      TestAudio.tone(in.resolve(String.format("%02d.wav", i)), 22050, 3000, i);
    }
    Files.write(in.resolve("bad\n.wav"), "RIFF".getBytes(StandardCharsets.US_ASCII));
    Path out = folder.resolve("out");
    CommandResult result = CommandResult.of("mel", in, "-o", out);
    assertEquals(3, result.exitCode());
    assertTrue(result.out().endsWith("29 of 30 files, 3.7 s of audio\n"), result.out());
    assertEquals(2, result.errorLines().size(), result.err());
    assertEquals("error: 1 of 30 files failed:", result.errorLines().get(0));
    assertTrue(result.errorLines().get(1).contains("bad?.wav: "), result.err());
    assertTrue(Files.readString(out.resolve("manifest.json")).contains("bad\\n.wav"));
  }

  @Test
  void optionsThatDoNotFit() throws IOException {
    Path wav = TestAudio.tone(folder.resolve("a.wav"), 22050, 9000, 1);
    Path npy = folder.resolve("a.npy");
    for (List<String> options :
        List.of(
            List.of("--preset", "nut"),
            List.of("--hop", "x"),
            List.of("--sample-rate", "8000"),
            List.of("--log", "ln"),
            List.of("--preset", "ntu", "--spec", "s.yaml"),
            List.of("--jobs", "0"),
            List.of("--jobs", "two"),
            List.of("--resampler", "soxr"),
            List.of("--overwrite", "--resume"),
            List.of("--resume"),
            List.of("--no-such-option"))) {
      Object[] args = new Object[4 + options.size()];
      System.arraycopy(new Object[] {"mel", wav, "-o", npy}, 0, args, 0, 4);
      System.arraycopy(options.toArray(), 0, args, 4, options.size());
      CommandResult result = CommandResult.of(args);
      assertEquals(2, result.exitCode(), options + result.err());
      assertEquals(1, result.errorLines().size(), result.err());
      assertTrue(result.err().startsWith("error: "), result.err());
    }
  }

  @Test
  void stackTraceOnlyWhenAskedFor() {
    CommandResult result = CommandResult.of("mel", "no.wav", "-o", folder + "/", "--debug");
    assertTrue(result.err().contains("\tat org.vocalise"), result.err());
  }

  private void refused(int code, String command, Object input, String words) {
    String extension = command.equals("mel") ? ".npy" : command.equals("plot") ? ".png" : ".wav";
    Object target =
        Files.isDirectory(folder.resolve(input.toString())) && !command.equals("plot")
            ? folder.resolve("refused")
            : folder.resolve("refused" + extension);
    refused(code, command, input, target, words);
    assertFalse(Files.exists(folder.resolve("refused" + extension)));
  }

  private static void refused(int code, String command, Object input, Object target, String words) {
    CommandResult result = CommandResult.of(command, input, "-o", target);
    assertEquals(code, result.exitCode(), result.err());
    List<String> errors =
        result.errorLines().stream().filter(line -> !line.startsWith("vocoder: ")).toList();
    assertEquals(1, errors.size(), result.err());
    assertTrue(errors.get(0).startsWith("error: "), result.err());
    assertTrue(errors.get(0).contains(words), result.err());
    assertEquals("", result.out());
  }
}
