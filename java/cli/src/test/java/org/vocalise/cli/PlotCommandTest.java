package org.vocalise.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlotCommandTest {
  @TempDir private Path folder;
  private Path wav;
  private Path npy;
  private Path png;

  @BeforeEach
  void makeFiles() throws IOException {
    wav = TestAudio.tone(folder.resolve("a#1 😀.wav"), 22050, 22050, 1);
    npy = folder.resolve("a.npy");
    png = folder.resolve("new/a.png");
    assertEquals(0, CommandResult.of("mel", wav, "-o", npy).exitCode());
  }

  @Test
  void drawsAMelOrARecording() throws IOException {
    drawn("plot", npy, "-o", png);
    drawn("plot", wav, "-o", png, "--overwrite");
  }

  @Test
  void drawsTwoBesideTheirDifference() throws IOException {
    Path shorter = TestAudio.tone(folder.resolve("b.wav"), 22050, 11025, 2);
    CommandResult result = drawn("plot", wav, shorter, "-o", png);
    assertTrue(result.err().contains("the picture shows what both have"), result.err());
    assertEquals("", drawn("plot", npy, wav, "-o", png, "--overwrite").err());
    int one = ImageIO.read(png.toFile()).getWidth();
    drawn("plot", npy, "-o", png, "--overwrite");
    assertTrue(one > ImageIO.read(png.toFile()).getWidth());
  }

  @Test
  void melIsComparedWithTheMelOfARecordingOfAnotherRate() throws IOException {
    Path high = TestAudio.tone(folder.resolve("high.wav"), 48_000, 48_000, 1);
    drawn("plot", npy, high, "-o", png);
  }

  @Test
  void recordingsOfTwoRatesAreRefusedByName() throws IOException {
    Path high = TestAudio.tone(folder.resolve("high.wav"), 48_000, 48_000, 1);
    CommandResult result = CommandResult.of("plot", wav, high, "-o", png);
    assertEquals(4, result.exitCode());
    assertEquals(
        "error: %s: 48000 Hz can't be compared with %s at 22050 Hz: convert one of them\n"
            .formatted(high, wav),
        result.err());
  }

  @Test
  void existingPictureAndOtherEndingsAreRefused() throws IOException {
    drawn("plot", npy, "-o", png);
    assertEquals(2, CommandResult.of("plot", npy, "-o", png).exitCode());
    assertEquals(2, CommandResult.of("plot", npy, "-o", folder.resolve("a.jpg")).exitCode());
    assertEquals(2, CommandResult.of("plot", npy).exitCode());
  }

  @Test
  void shortAndSilentRecordingsHavePictures() throws IOException {
    Path one = TestAudio.write(folder.resolve("one.wav"), 8000, new float[] {0.5f});
    drawn("plot", one, "-o", png);
    Path zeros = TestAudio.write(folder.resolve("zeros.wav"), 192_000, new float[5000]);
    drawn("plot", zeros, "-o", png, "--overwrite");
  }

  private CommandResult drawn(Object... args) throws IOException {
    CommandResult result = CommandResult.of(args);
    assertEquals(0, result.exitCode(), result.err());
    assertNotNull(ImageIO.read(png.toFile()));
    return result;
  }
}
