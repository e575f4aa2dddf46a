package org.vocalise.eval.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vocalise.dsp.io.InputException;

final class PairingTest {
  @TempDir private Path folder;

  @Test
  void homeworkNamesArePartedAtTheLastUnderscore() throws IOException {
    Pairing pairing =
        Pairing.byName(
            files("Alto-1#newboy/0004.wav", "Alto-1#new_boy/0004.wav", "Alto-1#new_boy/0005.wav"),
            files("Alto-1#new_boy_0004.wav", "Alto-1#newboy_0004.flac", "Alto-1#new_boy_0006.wav"));
    assertEquals(
        List.of(
            "Alto-1#new_boy/0004: Alto-1#new_boy_0004.wav",
            "Alto-1#newboy/0004: Alto-1#newboy_0004.flac"),
        texts(pairing));
    assertEquals(List.of("Alto-1#new_boy/0005"), names(pairing.references()));
    assertEquals(List.of("Alto-1#new_boy_0006"), names(pairing.syntheses()));
  }

  @Test
  void homeworkNamesAreFoundBelowOtherFolders() throws IOException {
    Pairing pairing =
        Pairing.byName(files("m4singer/valid/Bass-1#a/0001.wav"), files("run/3/Bass-1#a_0001.wav"));
    assertEquals(List.of("m4singer/valid/Bass-1#a/0001: run/3/Bass-1#a_0001.wav"), texts(pairing));
  }

  @Test
  void equalPathsComeBeforeEqualStems() throws IOException {
    Pairing pairing =
        Pairing.byName(
            files("a/0001.wav", "b/0001.wav", "c/0002.wav", "d.e/x.y.wav"),
            files("b/0001.wav", "a/0001.flac", "out/0002.wav", "d.e/x.y.flac"));
    assertEquals(
        List.of(
            "a/0001: a/0001.flac",
            "b/0001: b/0001.wav",
            "c/0002: out/0002.wav",
            "d.e/x.y: d.e/x.y.flac"),
        texts(pairing));
  }

  @Test
  void composedAndDecomposedLettersAreTheSame() throws IOException {
    assertEquals(
        1, Pairing.byName(files("T\u00e9nor.wav"), files("Te\u0301nor.wav")).pairs().size());
  }

  @Test
  void ambiguitiesAreRefusedByName() {
    assertRefused(files("a/1.wav", "b/1.wav"), files("1.wav"), "a/1.wav and b/1.wav could be");
    assertRefused(files("x/1.wav", "x_1.wav"), files("x_1.wav"), "x_1.wav and x/1.wav could be");
    assertRefused(files("1.wav", "1.flac"), files("1.wav"), "1.wav and 1.flac could be");
    assertRefused(files("1.wav"), files("a/1.wav", "b/1.wav"), "of both a/1.wav and b/1.wav");
    assertRefused(files("1.wav"), files("1.wav", "1.flac"), "of both 1.wav and 1.flac");
  }

  @Test
  void tableNamesPairs() throws IOException {
    Path table =
        Files.writeString(
            folder.resolve("pairs.tsv"),
            "\uFEFFreference\tsynthesis\n# mine\n\n./a/1.wav\t.\\\\x.wav\n#b\ty\r\n");
    Pairing pairing =
        PairTable.read(table)
            .pair(files("a/1.wav", "#b.wav", "c.wav"), files("x.wav", "y.flac", "z.wav"));
    assertEquals(List.of("#b: y.flac", "a/1: x.wav"), texts(pairing));
    assertEquals(List.of("c"), names(pairing.references()));
    assertEquals(List.of("z"), names(pairing.syntheses()));
  }

  @Test
  void faultsOfATableAreNamedByLine() throws IOException {
    for (String[] fault :
        new String[][] {
          {"a.wav x.wav\n", "line 1: holds 'a.wav x.wav'"},
          {"a.wav\tx.wav\ty.wav\n", "line 1: holds"},
          {"\n\ta.wav\n", "line 2: holds"},
          {"a.wav\tx.wav\nb.wav\tx.wav\n", "line 2: names 'x.wav', as line 1 does"},
          {"a.wav\tx.wav\na.wav\ty.wav\n", "line 2: names 'a.wav', as line 1 does"},
          {"a.wav\tx.wav\na\ty.wav\n", "line 2: names 'a' a second time"},
          {"a.wav\tx.wav\nb\tx\n", "line 2: names 'x' a second time"},
          {"# nothing\n", "names no pair"},
          {
            "q.wav\tx.wav\n",
            "line 1: names 'q.wav', which is not among the references; give its path inside the"
                + " folder, like a"
          },
          {"a.wav\tq.wav\n", "line 1: names 'q.wav', which is not among the synthesised"},
        }) {
      Path table = Files.writeString(folder.resolve("pairs.tsv"), fault[0]);
      InputException error =
          assertThrows(
              InputException.class,
              () -> PairTable.read(table).pair(files("a.wav", "b.wav"), files("x.wav", "y.wav")),
              fault[0]);
      assertTrue(
          String.valueOf(error.getMessage()).startsWith(table + ": " + fault[1]),
          error.getMessage());
    }
  }

  @Test
  void aTableThatCannotBeReadIsAnInputsFault() {
    Path missing = folder.resolve("none.tsv");
    for (Path table : List.of(missing, folder)) {
      InputException error = assertThrows(InputException.class, () -> PairTable.read(table));
      assertTrue(String.valueOf(error.getMessage()).startsWith(table + ": "), error.getMessage());
    }
  }

  private static void assertRefused(
      List<NamedFile> references, List<NamedFile> syntheses, String reason) {
    InputException error =
        assertThrows(InputException.class, () -> Pairing.byName(references, syntheses));
    assertTrue(String.valueOf(error.getMessage()).contains(reason), error.getMessage());
  }

  private static List<NamedFile> files(String... paths) {
    return Stream.of(paths).map(path -> NamedFile.of(Path.of(path), Path.of(path))).toList();
  }

  private static List<String> texts(Pairing pairing) {
    return pairing.pairs().stream()
        .map(pair -> pair.name() + ": " + pair.synthesis().toString().replace('\\', '/'))
        .toList();
  }

  private static List<String> names(List<NamedFile> files) {
    return files.stream().map(NamedFile::name).toList();
  }
}
