package org.vocalise.training.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.dockerjava.api.DockerClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Images of a package that changes, on a real engine. */
@Timeout(300)
final class TrainerImageTest {
  private static final String LATEST = "vocalise-train-standin:latest";

  @TempDir private Path folder;

  @Test
  void imagesOfEarlierStatesGoUnlessTheyAreInUse() throws Exception {
    try (DockerEngine engine = TestEngine.required()) {
      DockerClient client = engine.client();
      List<Path> clones = List.of(copy("mine"), copy("other"));
      TrainerImage mine = new TrainerImage(client, new TrainerSource(clones.get(0)));
      TrainerImage other = new TrainerImage(client, new TrainerSource(clones.get(1)));
      change(clones.get(1), "of another clone");
      String others = other.prepare(line -> {});
      change(clones.get(0), "first");
      String first = mine.prepare(line -> {});
      change(clones.get(0), "second");
      String second = mine.prepare(line -> {});
      try {
        assertFalse(mine.exists(first), "of an earlier state");
        assertTrue(mine.exists(second));
        assertEquals(id(client, second), id(client, LATEST), "what Compose runs");
        assertTrue(mine.exists(others), "of another clone");
        String container = client.createContainerCmd(second).exec().getId();
        change(clones.get(0), "third");
        String third = mine.prepare(line -> {});
        assertTrue(mine.exists(second), "a container has it");
        client.removeContainerCmd(container).exec();
        change(clones.get(0), "second");
        assertEquals(second, mine.prepare(line -> {}));
        assertTrue(mine.exists(third), "nothing was built, nothing is removed");
        assertEquals(id(client, second), id(client, LATEST), "what was asked for last");
        client.removeImageCmd(third).exec();
      } finally {
        client.removeImageCmd(second).exec();
        client.removeImageCmd(others).exec();
      }
    }
  }

  private static String id(DockerClient client, String tag) {
    return String.valueOf(client.inspectImageCmd(tag).exec().getId());
  }

  private static void change(Path clone, String words) throws IOException {
    Files.writeString(clone.resolve("vocalise_train/changed.py"), "# " + words + "\n");
  }

  private Path copy(String name) throws IOException {
    Path source = Standin.source().folder();
    Path target = folder.resolve(name);
    List<Path> all;
    try (Stream<Path> files = Files.walk(source)) {
      all = files.filter(Files::isRegularFile).toList();
    }
    for (Path file : all) {
      Path copied = target.resolve(source.relativize(file).toString());
      Files.createDirectories(copied.resolveSibling("."));
      Files.copy(file, copied);
    }
    return target;
  }
}
