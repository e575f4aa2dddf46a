package org.vocalise.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program that may or may not be installed.
 *
 * @param name what it is called in a report
 * @param command prints its version
 * @param purpose what it is needed for
 * @param debian package of Debian and Ubuntu
 * @param brew formula of Homebrew
 * @param winget package of Windows' installer
 */
record ExternalTool(
    String name, List<String> command, String purpose, String debian, String brew, String winget) {
  private static final long SECONDS = 10;

  /** What may be missing, most needed first. */
  static final List<ExternalTool> ALL =
      List.of(
          new ExternalTool(
              "JDK",
              List.of("javac", "-version"),
              "to build from source",
              "openjdk-17-jdk-headless",
              "openjdk",
              "EclipseAdoptium.Temurin.21.JDK"),
          new ExternalTool(
              "Maven",
              List.of("mvn", "-B", "-v"),
              "to build from source",
              "maven",
              "maven",
              "Apache.Maven"),
          new ExternalTool(
              "Python",
              List.of("python3", "--version"),
              "to train models",
              "python3",
              "python",
              "Python.Python.3.11"),
          new ExternalTool(
              "Docker",
              List.of("docker", "--version"),
              "to train in a container",
              "docker.io",
              "docker",
              "Docker.DockerDesktop"),
          new ExternalTool(
              "ffmpeg",
              List.of("ffmpeg", "-version"),
              "to convert MP3 and others to WAV",
              "ffmpeg",
              "ffmpeg",
              "Gyan.FFmpeg"));

  /** First line of what the command prints; null if it can't be run. */
  @Nullable String version() {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    try {
      File output = File.createTempFile("vocalise-", ".txt");
      try {
        Process process = builder.redirectOutput(output).start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          return null;
        }
        String text = java.nio.file.Files.readString(output.toPath(), StandardCharsets.UTF_8);
        return text.lines()
            .findFirst()
            .map(line -> line.replaceAll("\u001b\\[[0-9;]*m", ""))
            .orElse(null);
      } finally {
        output.delete();
      }
    } catch (IOException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /** How to get it on this system. */
  String installation() {
    String os = System.getProperty("os.name", "");
    if (os.startsWith("Mac")) {
      return "brew install " + brew;
    }
    return os.startsWith("Windows") ? "winget install " + winget : "apt install " + debian;
  }
}
