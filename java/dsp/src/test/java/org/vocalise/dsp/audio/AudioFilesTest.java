package org.vocalise.dsp.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.vocalise.dsp.io.InputException;

class AudioFilesTest {
  @TempDir private Path folder;

  private String refusal(Path file) {
    String message =
        String.valueOf(
            assertThrows(InputException.class, () -> AudioFiles.open(file)).getMessage());
    assertTrue(message.startsWith(file + ": "), message);
    assertFalse(message.contains("\n"), message);
    return message;
  }

  static Stream<Arguments> heads() {
    return Stream.of(
        arguments("", "empty file"),
        arguments("hello, world\n", "text file"),
        arguments("RIFX    WAVEfmt ", "RIFX"),
        arguments("RIFF    AVI LIST", "RIFF file cut off or of another kind"),
        arguments("RIFF", "RIFF file cut off"),
        arguments("OggS\u0000\u0002", "Ogg"),
        arguments("FORM    AIFFCOMM", "AIFF"),
        arguments("FORM    AIFCCOMM", "AIFF"),
        arguments("ID3\u0004\u0000\u0000\u0000\u0000\u0000\u0001x\u00ff\u00fb", "MP3"),
        arguments("\u00ff\u00fb\u0090d", "MP3"),
        arguments("\u00ff\u00f1P\u0080", "AAC"),
        arguments("\u0000\u0000\u0000 ftypM4A ", "MPEG-4"),
        arguments("\u0093NUMPY\u0001", "NumPy array"),
        arguments("\u001f\u008b\u0008", "archive"),
        arguments("\u0000\u0001\u0002\u0003", "unknown format"));
  }

  @ParameterizedTest
  @MethodSource("heads")
  void namesWhatAFileLooksLikeWhateverItsName(String head, String expected) throws IOException {
    byte[] bytes = head.getBytes(StandardCharsets.ISO_8859_1);
    String message = refusal(Files.write(folder.resolve("a.wav"), bytes));
    assertTrue(message.contains(expected), message);
  }

  @Test
  void readsByContentAndNotByName() throws IOException {
    byte[] wav = WavBytes.plain(1, 1, 8000, 16, WavBytes.shorts(1));
    Path file = Files.write(folder.resolve("Alto-1#newboy \uD83C\uDFA4.flac"), wav);
    Waveform waveform = AudioFiles.read(file);
    assertEquals(1, waveform.samples().length);
    assertEquals(8000, waveform.sampleRate());
  }

  @Test
  void namesMissingFilesAndFolders() {
    assertTrue(refusal(folder.resolve("none.wav")).contains("no such file"));
    assertTrue(refusal(folder).contains("is a folder"));
  }
}
