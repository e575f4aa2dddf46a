package org.vocalise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code vocalise} in a project of its own, with stand-ins for Java and Maven. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the script is for POSIX shells")
final class LauncherTest {
  private static final List<String> TOOLS =
      List.of(
          "cat",
          "cksum",
          "cp",
          "dirname",
          "find",
          "head",
          "mkdir",
          "mv",
          "readlink",
          "rm",
          "sed",
          "sleep",
          "touch",
          "uname");

  @TempDir private Path folder;
  private Path project;
  private Path jdk;
  private Path tools;

  @BeforeEach
  void makeProject() throws IOException {
    // A space in the path, as on many a desktop.
    project = Files.createDirectories(folder.resolve("my project"));
    Path script = Path.of("").toAbsolutePath().resolve("../../vocalise").normalize();
    Files.copy(script, project.resolve("vocalise"));
    Files.writeString(project.resolve("pom.xml"), "<project/>");
    Path source = Files.createDirectories(project.resolve("java/cli/src/main")).resolve("A.java");
    Files.writeString(source, "class A {}");
    Files.setLastModifiedTime(source, FileTime.from(Instant.now().minusSeconds(60)));

    jdk = folder.resolve("jdk");
    executable(
        jdk.resolve("bin/java"),
        """
        case "$*" in *ArchiveClassesAtExit*) exit 0 ;; esac
        for word in "$@"; do echo "<$word>"; done
        """);
    executable(jdk.resolve("bin/javac"), "");
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");

    tools = Files.createDirectories(folder.resolve("tools"));
    for (String tool : TOOLS) {
      executable(tools.resolve(tool), "PATH=/usr/bin:/bin exec " + tool + " \"$@\"\n");
    }
    executable(
        tools.resolve("mvn"),
        """
        echo built >>builds
        sleep 1
        mkdir -p java/cli/target
        echo jar >java/cli/target/vocalise.jar
        """);
  }

  @Test
  void buildsOnceAndPassesArgumentsUnchanged() throws Exception {
    Result first = vocalise("plot", "a b#c.wav", "");
    assertEquals(0, first.exit);
    assertTrue(first.err.startsWith("vocalise: building"), first.err);
    assertEquals(1, first.err.lines().count());
    List<String> words = first.out.lines().toList();
    assertEquals(
        List.of("<plot>", "<a b#c.wav>", "<>"), words.subList(words.size() - 3, words.size()));

    Result second = vocalise("--version");
    assertEquals("", second.err);
    assertEquals(1, builds());
  }

  @Test
  void twoAtOnceBuildOnce() throws Exception {
    Process one = start("--version");
    Process two = start("--version");
    assertEquals(0, one.waitFor());
    assertEquals(0, two.waitFor());
    assertEquals(1, builds());
  }

  @Test
  void buildsAgainAfterASourceHasChangedOrGone() throws Exception {
    vocalise("--version");
    Path added = project.resolve("java/cli/src/main/B.java");
    Files.writeString(added, "class B {}");
    vocalise("--version");
    assertEquals(2, builds());
    Files.delete(added);
    vocalise("--version");
    assertEquals(3, builds());
    vocalise("--version");
    assertEquals(3, builds());
  }

  @Test
  void failedBuildShowsItsErrorsAndIsTriedAgain() throws Exception {
    executable(tools.resolve("mvn"), "echo '[ERROR] A.java:[1,1]'; exit 1\n");
    for (int attempt = 0; attempt < 2; attempt++) {
      Result result = vocalise("--version");
      assertEquals(1, result.exit);
      assertEquals("", result.out);
      assertTrue(result.err.contains("[ERROR] A.java:[1,1]"), result.err);
    }
  }

  @Test
  void lockOfAKilledBuildDoesNotStopTheNext() throws Exception {
    Path lock = Files.createDirectories(project.resolve("target/launcher/lock"));
    Process dead = new ProcessBuilder("true").start();
    dead.waitFor();
    Files.writeString(lock.resolve("pid"), dead.pid() + "\n");
    assertEquals(0, vocalise("--version").exit);
    assertFalse(Files.exists(lock));
  }

  @Test
  void saysWhatToInstall() throws Exception {
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"11.0.2\"\n");
    assertMissing("older than Java 17");
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25\"\n");
    Files.delete(jdk.resolve("bin/javac"));
    assertMissing("has no compiler");
    executable(jdk.resolve("bin/javac"), "");
    Files.delete(tools.resolve("mvn"));
    assertMissing("no Maven found");
    jdk = folder.resolve("nowhere");
    assertMissing("no Java found");
  }

  @Test
  void startsThroughASymbolicLinkWithTheUsersOptions() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("voc"), Path.of("my project/vocalise"));
    ProcessBuilder builder = builder(link.toString(), "mel");
    builder.environment().put("VOCALISE_JAVA_OPTS", "-Xmx512m -XX:+UseG1GC");
    builder.directory(Path.of("/").toFile());
    Result result = finish(builder.start());
    assertEquals(0, result.exit, result.err);
    assertTrue(result.out.contains("<-Xmx512m>\n<-XX:+UseG1GC>\n"), result.out);
    assertFalse(result.out.contains("UseSerialGC"), result.out);
  }

  private void assertMissing(String reason) throws Exception {
    Result result = vocalise("--version");
    assertEquals(127, result.exit);
    assertTrue(result.err.contains(reason), result.err);
    assertTrue(result.err.contains("install"), result.err);
  }

  private long builds() throws IOException {
    return Files.readAllLines(project.resolve("builds")).size();
  }

  private Result vocalise(String... args) throws Exception {
    return finish(start(args));
  }

  private Process start(String... args) throws IOException {
    List<String> command = new ArrayList<>(List.of(project.resolve("vocalise").toString()));
    command.addAll(List.of(args));
    return builder(command.toArray(String[]::new)).start();
  }

  private ProcessBuilder builder(String... words) {
    List<String> command = new ArrayList<>(List.of("/bin/sh"));
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().clear();
    builder.environment().put("PATH", tools.toString());
    builder.environment().put("JAVA_HOME", jdk.toString());
    return builder;
  }

  private static Result finish(Process process) throws Exception {
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(process.waitFor(), out, err);
  }

  private static void executable(Path file, String body) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + body);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private record Result(int exit, String out, String err) {}
}
