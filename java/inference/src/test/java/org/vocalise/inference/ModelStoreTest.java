package org.vocalise.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which file a name stands for. */
class ModelStoreTest {
  @TempDir private Path folder;

  @Test
  void defaultModelIsInTheJarWhereNoFolderHasIt() throws Exception {
    Path inFolder = ModelStore.standard().shipped();
    assertNotNull(inFolder);
    ModelStore alone = new ModelStore(List.of(folder.resolve("onnx")), folder.resolve("user"));
    Path fromJar = alone.shipped();
    assertNotNull(fromJar);
    assertNotEquals(inFolder, fromJar);
    assertArrayEquals(Files.readAllBytes(inFolder), Files.readAllBytes(fromJar));
    assertEquals(fromJar, alone.find(ModelStore.DEFAULT));
    assertEquals(Set.of(ModelStore.DEFAULT), alone.models().keySet());
  }

  @Test
  void userCannotReplaceTheDefaultByAName() throws Exception {
    Path user = Files.createDirectories(folder.resolve("user"));
    Files.writeString(user.resolve("singing-small.onnx"), "another");
    Path mine = Files.writeString(user.resolve("mine.onnx"), "mine");
    ModelStore store = new ModelStore(List.of(), user);
    assertEquals(store.shipped(), store.find(ModelStore.DEFAULT));
    assertEquals(mine, store.find("mine"));
  }
}
