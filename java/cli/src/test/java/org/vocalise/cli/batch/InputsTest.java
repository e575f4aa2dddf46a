package org.vocalise.cli.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vocalise.dsp.io.InputException;

final class InputsTest {
  private static final FileKind AUDIO = new FileKind(List.of(".wav", ".flac"), "record some");

  @TempDir private Path folder;

  @Test
  void folderStandsForItsAudioInNameOrder() throws IOException {
    make("Alto-1#newboy/0001.wav");
    make("Alto-1#newboy/0000.WAV");
    make("ténor 😀/ä.flac");
    make("notes.txt");
    assertEquals(
        List.of("Alto-1#newboy/0000.WAV", "Alto-1#newboy/0001.wav", "ténor 😀/ä.flac"),
        names(List.of(folder)));
  }

  @Test
  void hiddenFilesAndTemporariesAreLeftOut() throws IOException {
    make("a.wav");
    make("._a.wav");
    make(".vocalise-12.part");
    make(".cache/b.wav");
    assertEquals(List.of("a.wav"), names(List.of(folder)));
  }

  @Test
  void linksAreFollowedAndLoopsEnd() throws IOException {
    make("sub/a.wav");
    Files.createSymbolicLink(folder.resolve("sub/loop"), folder);
    Files.createSymbolicLink(folder.resolve("b.wav"), folder.resolve("sub/a.wav"));
    assertEquals(List.of("b.wav", "sub/a.wav"), names(List.of(folder)));
  }

  @Test
  void outputFolderInsideTheInputIsNotRead() throws IOException {
    make("a.wav");
    make("out/a.wav");
    Inputs inputs = Inputs.collect(List.of(folder), AUDIO, folder.resolve("out"));
    assertEquals(1, inputs.items().size());
    assertEquals(2, Inputs.collect(List.of(folder), AUDIO, folder).items().size());
  }

  @Test
  void fileNamedTwiceIsOneItem() throws IOException {
    Path file = make("a.wav");
    Path again = folder.resolve("x/../a.wav");
    Inputs inputs = Inputs.collect(List.of(file, again, folder), AUDIO, null);
    assertEquals(1, inputs.items().size());
    assertFalse(inputs.single());
    assertTrue(Inputs.collect(List.of(file), AUDIO, null).single());
  }

  @Test
  void folderWithoutAudioIsRefusedByName() throws IOException {
    make("a.txt");
    InputException fault =
        assertThrows(InputException.class, () -> Inputs.collect(List.of(folder), AUDIO, null));
    assertEquals(folder + ": no .wav or .flac file in it; record some", fault.getMessage());
  }

  private List<String> names(List<Path> given) throws IOException {
    return Inputs.collect(given, AUDIO, null).items().stream().map(Item::portableName).toList();
  }

  private Path make(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.createFile(file);
  }
}
