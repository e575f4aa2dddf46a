package org.vocalise.training.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vocalise.training.run.RunDirectory;

final class KeptSoundsTest {
  @TempDir private Path folder;

  @Test
  void firstNewestAndBestStayAndTheOthersAreSpread() {
    List<Long> kept = new ArrayList<>();
    for (long step = 100; step <= 10_000; step += 100) {
      kept.add(step);
      kept.removeAll(KeptSounds.surplus(kept, 10, 700));
    }
    assertEquals(10, kept.size());
    assertEquals(100, kept.get(0));
    assertEquals(10_000, kept.get(9));
    assertTrue(kept.contains(700L), kept.toString());
    for (int i = 2; i < kept.size(); i++) {
      assertTrue(kept.get(i) - kept.get(i - 1) <= 3200, kept.toString());
    }
  }

  @Test
  void fewStayAll() {
    assertEquals(List.of(), KeptSounds.surplus(List.of(1L, 2L, 3L), 3, 9));
    assertEquals(List.of(), KeptSounds.surplus(List.of(1L, 2L), 1, 9));
  }

  @Test
  void foldersGoWithAllThatIsInThem() throws IOException {
    RunDirectory run = new RunDirectory(folder.resolve("first"));
    for (int step = 1; step <= 5; step++) {
      Path clips = Files.createDirectories(run.validated().resolve("step-" + step));
      Files.writeString(clips.resolve("clip.wav"), "");
    }
    Files.createDirectories(run.validated().resolve("mine"));
    KeptSounds.prune(run, 3, 4);
    assertFalse(Files.exists(run.validated().resolve("step-2")));
    assertFalse(Files.exists(run.validated().resolve("step-3")));
    assertTrue(Files.exists(run.validated().resolve("step-4/clip.wav")));
    assertTrue(Files.exists(run.validated().resolve("mine")));
    KeptSounds.prune(new RunDirectory(folder.resolve("second")), 3, 4);
  }
}
