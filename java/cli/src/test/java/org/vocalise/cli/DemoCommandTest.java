package org.vocalise.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vocalise.dsp.audio.AudioFiles;

final class DemoCommandTest {
  @TempDir private Path folder;

  @Test
  void leavesSingingItsMelAndAPictureAndCanBeRepeated() throws IOException {
    Path out = folder.resolve("demo");
    CommandResult result = CommandResult.of("demo", "-o", out);
    assertEquals(0, result.exitCode(), result.err());
    List<Path> files;
    try (Stream<Path> listed = Files.list(out)) {
      files = listed.sorted().toList();
    }
    assertEquals(4, files.size());
    for (Path file : files) {
      assertTrue(result.out().contains(file + ": "), result.out());
    }
    double seconds = AudioFiles.read(files.get(0)).seconds();
    assertTrue(seconds > 2, "a phrase");
    assertEquals(seconds, AudioFiles.read(files.get(2)).seconds(), 0.02);

    byte[] vocoded = Files.readAllBytes(files.get(2));
    Files.writeString(out.resolve("mine.txt"), "mine");
    assertEquals(0, CommandResult.of("demo", "-o", out).exitCode());
    assertArrayEquals(vocoded, Files.readAllBytes(files.get(2)));
    assertEquals("mine", Files.readString(out.resolve("mine.txt")));
  }
}
