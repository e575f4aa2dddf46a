package org.vocalise.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vocalise.inference.ModelStore;
import org.vocalise.inference.OutputKind;
import org.vocalise.inference.TinyModels;

final class SubmitCommandTest {
  @TempDir private Path folder;
  private Path mels;
  private Path out;

  @BeforeEach
  void makeMels() throws IOException {
    mels = Files.createDirectories(folder.resolve("test"));
    out = folder.resolve("out");
    for (int i = 1; i <= 30; i++) {
      TestNpy.of(mels.resolve(String.format("%03d.npy", i)), 80, 10 + i, 0.01f * i);
    }
    Path jar = Files.writeString(folder.resolve("vocalise.jar"), "stands for the program");
    System.setProperty(RunningJar.PROPERTY, jar.toString());
  }

  @AfterEach
  void forgetTheJar() {
    System.clearProperty(RunningJar.PROPERTY);
  }

  @Test
  void handInReproducesItself() throws IOException {
    Path model = TinyModels.write(folder, OutputKind.AUDIO);
    CommandResult result = submit("--student-id", "r12345678", "--model", model);
    assertEquals(0, result.exitCode(), result.err());
    assertEquals("", result.err());
    Path wavs = out.resolve("r12345678");
    try (var files = Files.list(wavs)) {
      assertEquals(30, files.count());
    }
    List<String> names = unzip(out.resolve("r12345678.zip"), folder.resolve("uploaded"));
    assertEquals(30, names.size());
    assertEquals("r12345678/001.wav", names.get(0));
    assertEquals("r12345678/030.wav", names.get(29));
    assertArrayEquals(
        Files.readAllBytes(wavs.resolve("017.wav")),
        Files.readAllBytes(folder.resolve("uploaded/r12345678/017.wav")));

    Path graded = folder.resolve("graded");
    names = unzip(out.resolve("r12345678-code.zip"), graded);
    assertEquals(
        List.of(
            "README.txt",
            "manifest.json",
            "model.onnx",
            "requirements.txt",
            "vocalise.jar",
            "vocode.py"),
        names.stream().map(name -> name.replaceFirst("^r12345678-code/", "")).toList());
    Path code = graded.resolve("r12345678-code");
    String readme = Files.readString(code.resolve("README.txt"));
    assertTrue(readme.contains("python vocode.py vocode TEST -o OUT --model model.onnx"), readme);
    assertArrayEquals(Files.readAllBytes(model), Files.readAllBytes(code.resolve("model.onnx")));
    String manifest = Files.readString(code.resolve("manifest.json"));
    assertFalse(manifest.contains(folder.toString()), manifest);
    CommandResult verified =
        CommandResult.of(
            "vocode",
            mels,
            "--verify",
            code.resolve("manifest.json"),
            "--model",
            code.resolve("model.onnx"));
    assertEquals(0, verified.exitCode(), verified.err());
    assertTrue(verified.out().endsWith("30 of 30 files identical\n"), verified.out());
  }

  @Test
  void shippedModelIsHandedInUnlessAnotherIsNamed() throws IOException {
    CommandResult result = submit("--student-id", "a");
    assertEquals(0, result.exitCode(), result.err());
    assertTrue(result.err().contains("vocoder: singing-small, which ships"), result.err());
    unzip(out.resolve("a-code.zip"), folder.resolve("x"));
    Path code = folder.resolve("x/a-code");
    assertTrue(Files.readString(code.resolve("README.txt")).contains("--model model.onnx"));
    Path model = Objects.requireNonNull(ModelStore.standard().shipped(), "no model ships");
    assertArrayEquals(Files.readAllBytes(model), Files.readAllBytes(code.resolve("model.onnx")));
    Path manifest = code.resolve("manifest.json");
    for (Object[] more : new Object[][] {{}, {"--model", code.resolve("model.onnx")}}) {
      Object[] all =
          Arrays.copyOf(new Object[] {"vocode", mels, "--verify", manifest}, 4 + more.length);
      System.arraycopy(more, 0, all, 4, more.length);
      CommandResult verified = CommandResult.of(all);
      assertEquals(0, verified.exitCode(), verified.err());
      assertTrue(verified.out().endsWith("30 of 30 files identical\n"), verified.out());
    }
    refused(2, "exclude each other", "--model", model, "--engine", "griffin-lim");
  }

  @Test
  void zipFilesHaveTheSameBytesAgain() throws IOException {
    assertEquals(0, submit("--student-id", "a", "--engine", "griffin-lim").exitCode());
    byte[] wavs = Files.readAllBytes(out.resolve("a.zip"));
    byte[] code = Files.readAllBytes(out.resolve("a-code.zip"));
    CommandResult refused = submit("--student-id", "a");
    assertEquals(2, refused.exitCode());
    assertTrue(refused.err().contains("exists already"), refused.err());
    CommandResult again =
        submit("--student-id", "a", "--engine", "griffin-lim", "--overwrite", "--jobs", 1);
    assertEquals(0, again.exitCode(), again.err());
    assertTrue(again.err().contains("vocoder: Griffin-Lim"), again.err());
    assertArrayEquals(wavs, Files.readAllBytes(out.resolve("a.zip")));
    assertArrayEquals(code, Files.readAllBytes(out.resolve("a-code.zip")));
    unzip(out.resolve("a-code.zip"), folder.resolve("x"));
    String readme = Files.readString(folder.resolve("x/a-code/README.txt"));
    assertFalse(readme.contains("--model"), readme);
    assertFalse(Files.exists(folder.resolve("x/a-code/model.onnx")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../evil", "a/b", "", ".", "-x", "a b", "r1\n", "\u5b78\u751f", "a.zip"})
  void studentIdsThatLeaveTheFolderAreRefused(String id) {
    CommandResult result = submit("--student-id=" + id);
    assertEquals(2, result.exitCode(), result.err());
    assertFalse(Files.exists(out));
  }

  @Test
  void melsOfOtherNamesAndMissingOnesAreRefused() throws IOException {
    Files.delete(mels.resolve("007.npy"));
    Files.delete(mels.resolve("030.npy"));
    refused(4, "2 of the test set's mels are not in it (007.npy, 030.npy); --allow-missing");
    CommandResult result = submit("--student-id", "a", "--allow-missing");
    assertEquals(0, result.exitCode(), result.err());
    assertTrue(result.err().contains("not handed in, since there is no mel: 007.npy, 030.npy"));
    Files.move(mels.resolve("008.npy"), mels.resolve("song.npy"));
    refused(4, "song.npy: is not named like a mel of the test set");
    Files.move(mels.resolve("song.npy"), mels.resolve("000.npy"));
    refused(4, "000.npy: is not named");
    refused(4, "nowhere: is no folder", "--mels", folder.resolve("nowhere"));
    refused(4, "no .npy file in it", "--mels", Files.createDirectories(folder.resolve("empty")));
  }

  @Test
  void damagedMelLeavesNoZipFile() throws IOException {
    Files.writeString(mels.resolve("004.npy"), "no array");
    CommandResult result = submit("--student-id", "a");
    assertEquals(3, result.exitCode(), result.err());
    assertTrue(result.err().contains("004.npy"), result.err());
    assertTrue(result.err().contains("no zip file was written"), result.err());
    assertTrue(Files.exists(out.resolve("a/003.wav")));
    assertFalse(Files.exists(out.resolve("a.zip")));
    assertFalse(Files.exists(out.resolve("a-code.zip")));
  }

  @Test
  void otherFilesInTheFolderAreNotHandedIn() throws IOException {
    Path other = Files.createDirectories(out.resolve("a")).resolve("notes.txt");
    Files.writeString(other, "mine");
    refused(2, "notes.txt: would be handed in with the wav files", "--overwrite");
    Files.delete(other);
    System.setProperty(RunningJar.PROPERTY, folder.resolve("none.jar").toString());
    refused(2, "does not run from vocalise.jar");
  }

  private void refused(int exitCode, String words, Object... more) {
    Object[] all = new Object[more.length + 2];
    all[0] = "--student-id";
    all[1] = "a";
    System.arraycopy(more, 0, all, 2, more.length);
    CommandResult result = submit(all);
    assertEquals(exitCode, result.exitCode(), result.err());
    assertTrue(result.err().contains(words), result.err());
    assertEquals(1, result.errorLines().size(), result.err());
  }

  private CommandResult submit(Object... more) {
    boolean named = List.of(more).contains("--mels");
    Object[] first =
        named
            ? new Object[] {"submit", "-o", out}
            : new Object[] {"submit", "--mels", mels, "-o", out};
    Object[] all = Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return CommandResult.of(all);
  }

  private static List<String> unzip(Path file, Path target) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      List<? extends ZipEntry> entries = zip.stream().toList();
      for (ZipEntry entry : entries) {
        assertEquals(1980, entry.getTimeLocal().getYear());
        Path to = target.resolve(entry.getName());
        Files.createDirectories(to.getParent());
        try (InputStream in = zip.getInputStream(entry)) {
          Files.copy(in, to);
        }
      }
      return entries.stream().map(ZipEntry::getName).toList();
    }
  }
}
