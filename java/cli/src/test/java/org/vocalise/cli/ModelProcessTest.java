package org.vocalise.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.vocalise.inference.OutputKind;
import org.vocalise.inference.TinyModels;

/** {@code vocode --model} as a process of its own: signals, temporary folders, neighbours. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals and mounts of POSIX")
final class ModelProcessTest {
  @TempDir private Path folder;
  private Path model;
  private Path mel;

  @BeforeEach
  void makeModelAndMel() throws IOException {
    model = TinyModels.write(folder, OutputKind.AUDIO);
    mel = TestNpy.of(folder.resolve("mel.npy"), 80, 700, 0.5f);
  }

  @Test
  void temporaryFolderThatIsFullOrMissingIsNamedWithTheCure() throws Exception {
    Path missing = folder.resolve("nowhere");
    CommandResult none = withTemporaryFolder(missing, "a.wav");
    assertRefused("ONNX Runtime can't be loaded (there is no such folder)", none);
    assertTrue(none.err().contains("temporary folder " + missing), none.err());

    Path disk = Files.createDirectories(folder.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()) == 0,
        "a small file system can't be mounted here");
    try {
      CommandResult full = withTemporaryFolder(disk, "b.wav");
      assertRefused("ONNX Runtime can't be loaded (No space left on device)", full);
      ProcessBuilder doctor = child("doctor");
      doctor.command().add(1, "-Djava.io.tmpdir=" + disk);
      CommandResult examined = CommandResult.of(doctor.start());
      assertEquals(0, examined.exitCode(), examined.err());
      assertTrue(examined.out().contains("!   ONNX Runtime: needed for models"), examined.out());
    } finally {
      run("umount", disk.toString());
    }
  }

  @Test
  void twoProcessesUseOneModel() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      processes.add(
          child("vocode", mel, "-o", folder.resolve(i + ".wav"), "--model", model).start());
    }
    for (Process process : processes) {
      CommandResult result = CommandResult.of(process);
      assertEquals(0, result.exitCode(), result.err());
    }
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("0.wav")), Files.readAllBytes(folder.resolve("1.wav")));
  }

  @Test
  void signalEndsARunInAModelAndLeavesOnlyWholeFiles() throws Exception {
    Path mels = Files.createDirectories(folder.resolve("mels"));
    for (int i = 0; i < 40; i++) {
      TestNpy.of(mels.resolve(i + ".npy"), 80, 20_000, 0.1f + i);
    }
    Path wavs = folder.resolve("wavs");
    Process process = child("vocode", mels, "-o", wavs, "--model", model, "--jobs", 2).start();
    while (process.isAlive() && wholeFiles(wavs) == 0) {
      Thread.sleep(5);
    }
    run("kill", "-TERM", Long.toString(process.pid()));
    CommandResult result = CommandResult.of(process);
    assertEquals(130, result.exitCode(), result.err());
    assertTrue(result.err().contains("error: interrupted"), result.err());
    assertTrue(wholeFiles(wavs) < 40, "the signal came too late");
    try (Stream<Path> files = Files.list(wavs)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".wav")).toList()) {
        assertEquals(44 + 2 * 256 * 20_000, Files.size(file));
      }
    }
  }

  private CommandResult withTemporaryFolder(Path temporary, String wav) throws Exception {
    ProcessBuilder builder = child("vocode", mel, "-o", folder.resolve(wav), "--model", model);
    builder.command().add(1, "-Djava.io.tmpdir=" + temporary);
    return CommandResult.of(builder.start());
  }

  private static ProcessBuilder child(Object... arguments) {
    String classPath = System.getProperty("java.class.path");
    return new ProcessBuilder(CommandResult.childCommand(classPath, arguments));
  }

  private static void assertRefused(String words, CommandResult result) {
    assertEquals(2, result.exitCode(), result.err());
    // Newer JVMs warn of a missing folder themselves.
    List<String> lines =
        result.errorLines().stream().filter(line -> !line.startsWith("WARNING: java.io")).toList();
    assertEquals(1, lines.size(), result.err());
    assertTrue(result.err().contains(words), result.err());
  }

  private static long wholeFiles(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".wav")).count();
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor();
  }
}
