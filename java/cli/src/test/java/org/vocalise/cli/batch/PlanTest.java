package org.vocalise.cli.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlanTest {
  private static final FileKind AUDIO = new FileKind(List.of(".wav", ".flac"), "record some");

  @TempDir private Path folder;

  @Test
  void oneFileBecomesTheNamedFile() {
    Plan plan = plan(one("in/a.wav"), folder + "/b.npy");
    assertEquals(folder.resolve("b.npy"), plan.jobs().get(0).target());
    assertNull(plan.folder());
  }

  @Test
  void oneFileGoesIntoAFolderThatExistsOrEndsWithASlash() {
    assertEquals(
        folder.resolve("a.npy"), plan(one("in/a.flac"), folder.toString()).jobs().get(0).target());
    assertEquals(
        folder.resolve("new/a.npy"),
        plan(one("in/a.wav"), folder + "/new/").jobs().get(0).target());
  }

  @Test
  void ambiguousTargetIsRefusedWithBothCures() {
    UsageException fault =
        assertThrows(UsageException.class, () -> plan(one("a.wav"), folder + "/out"));
    assertTrue(String.valueOf(fault.getMessage()).contains("/out.npy, or end it with a slash"));
  }

  @Test
  void severalKeepTheirRelativeNames() {
    Plan plan = plan(several("Singer#Song/0000.wav", "b.FLAC", "c"), folder.toString());
    assertEquals(
        List.of("Singer#Song/0000.npy", "b.npy", "c.npy"),
        plan.jobs().stream().map(Job::output).toList());
    assertEquals(folder, plan.folder());
  }

  @Test
  void twoInputsWithOneOutputAreRefused() {
    UsageException fault =
        assertThrows(
            UsageException.class, () -> plan(several("x.wav", "x.flac"), folder.toString()));
    assertTrue(String.valueOf(fault.getMessage()).startsWith("x.wav and x.flac would both become"));
  }

  @Test
  void fileAsTargetOfSeveralIsRefused() throws IOException {
    Path file = Files.createFile(folder.resolve("f.npy"));
    assertThrows(UsageException.class, () -> plan(several("a.wav", "b.wav"), file.toString()));
  }

  private static Plan plan(Inputs inputs, String output) {
    return Plan.of(inputs, output, AUDIO, ".npy");
  }

  private static Inputs one(String file) {
    return new Inputs(List.of(new Item(Path.of(file), Path.of(file).getFileName())), true);
  }

  private static Inputs several(String... names) {
    List<Item> items =
        List.of(names).stream().map(name -> new Item(Path.of(name), Path.of(name))).toList();
    return new Inputs(items, false);
  }
}
