package org.vocalise.eval.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.io.AtomicFile;
import org.vocalise.dsp.io.Sha256;

/**
 * Remembers what is costly to compute in files, one for each key. A file that is damaged counts as
 * missing; one that can't be written is told once, and work goes on without. Thread-safe, and safe
 * for several programs at once.
 */
public final class FeatureCache {
  private static final int MAGIC = 0x564F4346; // VOCF
  private static final int HEADER = 4 + 8;

  private final Path folder;
  private final Consumer<String> warnings;
  private boolean warned;

  /**
   * Uses a folder, which is made when something is remembered.
   *
   * @param warnings told, once, that nothing can be written
   */
  public FeatureCache(Path folder, Consumer<String> warnings) {
    this.folder = folder;
    this.warnings = warnings;
  }

  /** What is remembered under a key; null if there is nothing, or a damaged file. */
  @Nullable ByteBuffer read(String key) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file(key)));
      if (bytes.remaining() < HEADER || bytes.getInt() != MAGIC) {
        return null;
      }
      long checksum = bytes.getLong();
      return checksum == checksum(bytes) ? bytes : null;
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      warn(e);
      return null;
    }
  }

  /** Remembers the buffer's remaining bytes. */
  void write(String key, ByteBuffer values) {
    ByteBuffer bytes = ByteBuffer.allocate(HEADER + values.remaining());
    bytes.putInt(MAGIC).putLong(checksum(values)).put(values.duplicate());
    try (AtomicFile output = AtomicFile.create(file(key), true)) {
      Files.write(output.temporary(), bytes.array());
      output.commit();
    } catch (IOException e) {
      warn(e);
    }
  }

  private static long checksum(ByteBuffer values) {
    CRC32 crc = new CRC32();
    crc.update(values.duplicate());
    return crc.getValue();
  }

  private Path file(String key) {
    String hash = Sha256.of(key.getBytes(StandardCharsets.UTF_8));
    return folder.resolve(hash.substring(0, 2)).resolve(hash.substring(2) + ".feature");
  }

  private synchronized void warn(IOException fault) {
    if (!warned) {
      warned = true;
      warnings.accept(
          "cache folder %s can't be used (%s): nothing is remembered for the next run; name another"
                  .formatted(folder, fault.getMessage())
              + " with --cache");
    }
  }
}
