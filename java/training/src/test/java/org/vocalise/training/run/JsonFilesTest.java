package org.vocalise.training.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JsonFilesTest {
  @Test
  void fullDiskIsToldWithTheFileAndTheCure() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.isWritable(full), "no " + full);
    IOException fault =
        assertThrows(IOException.class, () -> JsonFiles.append(full, Map.of("step", 1)));
    assertEquals(
        "/dev/full: can't be written, No space left on device: mend that, then try again",
        fault.getMessage());
  }
}
