package org.vocalise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vocalise.dsp.audio.AudioFiles;
import org.vocalise.dsp.io.Sha256;

/** The program as a process of its own: signals, other users, full disks, locales. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals and permissions of POSIX")
final class ChildProcessTest {
  private static final String CLASS_PATH = System.getProperty("java.class.path");

  private static final int FILES = 24;
  private static final int FRAMES = 1000;

  /** The jars that the program runs with, among those of the tests. */
  private static final Pattern NEEDED =
      Pattern.compile(".*(picocli|jackson|yaml|vocalise-|jspecify).*");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  void signalLeavesOnlyWholeFilesWhichResumeKeeps(String signal) throws Exception {
    assumeTrue(signal.equals("TERM") || !interruptIgnored(), "SIGINT is ignored in this session");
    Path mels = folder.resolve("mels");
    for (int i = 0; i < FILES; i++) {
      TestNpy.of(mels.resolve(String.format("%02d.npy", i)), 80, FRAMES, 0.1f + i);
    }
    Path wavs = folder.resolve("wavs");
    Object[] args = {"vocode", mels, "-o", wavs, "--jobs", 2};
    Process process = new ProcessBuilder(CommandResult.childCommand(CLASS_PATH, args)).start();
    while (process.isAlive() && wavFiles(wavs).isEmpty()) {
      Thread.sleep(5);
    }
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    CommandResult result = CommandResult.of(process);

    assertEquals(130, result.exitCode(), result.err());
    assertTrue(result.err().contains("error: interrupted"), result.err());
    List<Path> finished = wavFiles(wavs);
    assertFalse(finished.isEmpty());
    assertTrue(finished.size() < FILES, "the signal came too late");
    for (Path wav : finished) {
      assertEquals(256 * FRAMES, AudioFiles.read(wav).samples().length);
    }
    JsonNode manifest = new ObjectMapper().readTree(wavs.resolve("manifest.json").toFile());
    for (JsonNode output : manifest.get("outputs")) {
      Path wav = wavs.resolve(output.get("name").asText());
      assertEquals(output.get("sha256").asText(), Sha256.of(wav));
    }
    assertEquals(0, CommandResult.of("vocode", mels, "-o", wavs, "--resume").exitCode());
    assertEquals(FILES, wavFiles(wavs).size());
  }

  @Test
  void anotherUserIsToldWhatMayNotBeReadOrWritten() throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can be another user");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv is not installed");
    openToAll(folder);
    Path wav = TestAudio.tone(folder.resolve("in/a.wav"), 22050, 9000, 1);
    Path secret = TestAudio.tone(folder.resolve("in/secret.wav"), 22050, 9000, 1);
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    Path closed = Files.createDirectories(folder.resolve("closed"));
    Path open = openToAll(Files.createDirectories(folder.resolve("open")));

    CommandResult unreadable = asNobody("mel", secret, "-o", open.resolve("a.npy"));
    assertEquals(4, unreadable.exitCode(), unreadable.err());
    assertEquals(1, unreadable.errorLines().size(), unreadable.err());
    assertTrue(unreadable.err().contains(secret + ": may not be read"), unreadable.err());

    Path locked = Files.createDirectories(folder.resolve("in/locked"));
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("rwx------"));
    CommandResult some = asNobody("mel", folder.resolve("in"), "-o", open.resolve("mels"));
    assertEquals(3, some.exitCode(), some.err());
    assertTrue(some.err().contains("2 of 3 files failed"), some.err());
    assertTrue(some.err().contains(locked + ": folder may not be read"), some.err());
    assertTrue(Files.exists(open.resolve("mels/a.npy")));

    for (Path target : List.of(closed.resolve("a.npy"), closed.resolve("new/a.npy"))) {
      CommandResult unwritable = asNobody("mel", wav, "-o", target);
      assertEquals(2, unwritable.exitCode(), unwritable.err());
      assertEquals(1, unwritable.errorLines().size(), unwritable.err());
      assertTrue(unwritable.err().contains(closed.toString()), unwritable.err());
    }
  }

  @Test
  void fullDiskLeavesNothingHalfMade() throws Exception {
    Path disk = Files.createDirectories(folder.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString()) == 0,
        "a small file system can't be mounted here");
    try {
      Path in = folder.resolve("in");
      TestAudio.tone(in.resolve("a.wav"), 22050, 3000, 1);
      TestAudio.tone(in.resolve("b.wav"), 22050, 200_000, 2);
      Path big = in.resolve("b.wav");
      CommandResult one = CommandResult.of("mel", big, "-o", disk.resolve("b.npy"));
      assertEquals(3, one.exitCode(), one.err());
      assertEquals(1, one.errorLines().size(), one.err());
      assertTrue(
          one.err().contains(disk.resolve("b.npy") + ": can't be written: No space"), one.err());
      try (Stream<Path> files = Files.list(disk)) {
        assertEquals(0, files.count());
      }
      CommandResult demo = CommandResult.of("demo", "-o", disk.resolve("demo"));
      assertEquals(3, demo.exitCode(), demo.err());
      assertTrue(demo.err().contains("original.wav: can't be written: No space"), demo.err());
      CommandResult both = CommandResult.of("mel", in, "-o", disk.resolve("out"));
      assertEquals(3, both.exitCode(), both.err());
      try (Stream<Path> files = Files.list(disk.resolve("out"))) {
        Set<String> names = Set.of("a.npy", "manifest.json");
        files.forEach(file -> assertTrue(names.contains(file.getFileName().toString())));
      }
    } finally {
      run("umount", disk.toString());
    }
  }

  @Test
  void namesOfAllLanguagesWorkInAUtf8Locale() throws Exception {
    Path wav = TestAudio.tone(folder.resolve("Ténor#美错 😀.wav"), 22050, 9000, 1);
    ProcessBuilder builder =
        new ProcessBuilder(CommandResult.childCommand(CLASS_PATH, "mel", wav, "-o", folder + "/"));
    builder.environment().put("LC_ALL", "C.UTF-8");
    CommandResult result = CommandResult.of(builder.start());
    assertEquals(0, result.exitCode(), result.err());
    assertTrue(result.out().contains("Ténor#美错 😀.npy: 35 frames"), result.out());
    assertEquals("", result.err());

    builder.environment().put("LC_ALL", "C");
    builder.command().add("--overwrite");
    CommandResult plain = CommandResult.of(builder.start());
    assertEquals(2, plain.exitCode());
    assertEquals(1, plain.errorLines().size(), plain.err());
    assertTrue(plain.err().contains("set LC_ALL=C.UTF-8"), plain.err());

    ProcessBuilder walk =
        new ProcessBuilder(CommandResult.childCommand(CLASS_PATH, "mel", folder, "-o", folder));
    walk.environment().put("LC_ALL", "C");
    CommandResult found = CommandResult.of(walk.start());
    assertEquals(2, found.exitCode());
    assertEquals(1, found.errorLines().size(), found.err());
    assertTrue(found.err().contains("set LC_ALL=C.UTF-8"), found.err());
  }

  private static List<Path> wavFiles(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".wav")).toList();
    }
  }

  /** A shell that runs commands in the background has them ignore the signal, and Java obeys. */
  private static boolean interruptIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
  }

  private CommandResult asNobody(Object... args) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"));
    command.addAll(CommandResult.childCommand(readableClassPath(), args));
    return CommandResult.of(new ProcessBuilder(command).start());
  }

  /** A copy of the class path: the build's own may lie in a home folder closed to others. */
  private String readableClassPath() throws IOException {
    Path copies = folder.resolve("class-path");
    List<String> entries = new ArrayList<>();
    int number = 0;
    for (String entry : CLASS_PATH.split(File.pathSeparator, -1)) {
      Path source = Path.of(entry);
      boolean needed = Files.isDirectory(source) || NEEDED.matcher(entry).matches();
      if (needed && Files.exists(source) && !entry.contains("test-classes")) {
        Path copy = copies.resolve(number++ + "-" + source.getFileName());
        copyTree(source, copy);
        entries.add(copy.toString());
      }
    }
    return String.join(File.pathSeparator, entries);
  }

  private static void copyTree(Path source, Path target) throws IOException {
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Path copy = target.resolve(source.relativize(file).toString());
        if (!Files.exists(copy)) {
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    }
  }

  private static Path openToAll(Path folder) throws IOException {
    return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  private static int run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor();
  }
}
