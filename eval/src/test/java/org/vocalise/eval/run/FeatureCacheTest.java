package org.vocalise.eval.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FeatureCacheTest {
  @TempDir private Path folder;

  private final List<String> warnings = new ArrayList<>();

  @Test
  void remembersByKeyAcrossInstances() {
    cache().write("a", ByteBuffer.wrap(new byte[] {1, 2, 3}));
    cache().write("b", ByteBuffer.wrap(new byte[0]));
    assertEquals(ByteBuffer.wrap(new byte[] {1, 2, 3}), cache().read("a"));
    assertEquals(ByteBuffer.allocate(0), cache().read("b"));
    assertNull(cache().read("c"));
    assertEquals(List.of(), warnings);
  }

  @Test
  void damagedFileCountsAsMissing() throws IOException {
    cache().write("a", ByteBuffer.wrap(new byte[100]));
    Path file = file();
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 3, 11, 12, whole.length / 2, whole.length - 1}) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertNull(cache().read("a"), length + " bytes");
    }
    byte[] changed = whole.clone();
    changed[50] ^= 1;
    Files.write(file, changed);
    assertNull(cache().read("a"));
    cache().write("a", ByteBuffer.wrap(new byte[100]));
    assertNotNull(cache().read("a"));
  }

  @Test
  void folderThatCantBeWrittenIsToldOnce() throws IOException {
    FeatureCache cache =
        new FeatureCache(Files.writeString(folder.resolve("x"), ""), warnings::add);
    cache.write("a", ByteBuffer.allocate(1));
    cache.write("b", ByteBuffer.allocate(1));
    assertNull(cache.read("a"));
    assertEquals(1, warnings.size(), warnings.toString());
    assertTrue(warnings.get(0).contains(folder.resolve("x").toString()), warnings.toString());
  }

  private FeatureCache cache() {
    return new FeatureCache(folder.resolve("cache"), warnings::add);
  }

  private Path file() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
  }
}
