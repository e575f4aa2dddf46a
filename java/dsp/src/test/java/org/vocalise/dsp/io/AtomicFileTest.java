package org.vocalise.dsp.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir private Path folder;

  @Test
  void appearsWholeAtCommitAndMakesItsFolders() throws IOException {
    Path parent = folder.resolve("a/b");
    Path target = parent.resolve("c#\uD83C\uDFA4 d.wav");
    try (AtomicFile file = AtomicFile.create(target, false)) {
      Files.writeString(file.temporary(), "content");
      assertEquals(parent.toAbsolutePath(), file.temporary().getParent());
      assertFalse(Files.exists(target));
      file.commit();
    }
    assertEquals("content", Files.readString(target));
    assertEquals(List.of(target), list(parent));
  }

  @Test
  void leavesNothingWithoutCommit() throws IOException {
    try (AtomicFile file = AtomicFile.create(folder.resolve("a.wav"), false)) {
      Files.writeString(file.temporary(), "content");
    }
    assertEquals(List.of(), list(folder));
  }

  @Test
  void replacesAnExistingFileOnlyWhenToldTo() throws IOException {
    Path target = Files.writeString(folder.resolve("a.wav"), "old");
    IOException error =
        assertThrows(FileAlreadyExistsException.class, () -> AtomicFile.create(target, false));
    String message = String.valueOf(error.getMessage());
    assertTrue(message.contains("--overwrite"), message);
    try (AtomicFile file = AtomicFile.create(target, true)) {
      Files.writeString(file.temporary(), "new");
      assertEquals("old", Files.readString(target));
      file.commit();
    }
    assertEquals("new", Files.readString(target));
  }

  @Test
  void keepsAFileThatAppearedInTheMeantime() throws IOException {
    Path target = folder.resolve("a.wav");
    try (AtomicFile file = AtomicFile.create(target, false)) {
      Files.writeString(target, "another's");
      assertThrows(FileAlreadyExistsException.class, file::commit);
    }
    assertEquals("another's", Files.readString(target));
    assertEquals(List.of(target), list(folder));
  }

  @Test
  void refusesAFolderAsTarget() {
    assertThrows(FileAlreadyExistsException.class, () -> AtomicFile.create(folder, true));
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
