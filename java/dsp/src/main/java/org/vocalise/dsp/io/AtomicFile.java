package org.vocalise.dsp.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * An output file that appears whole or not at all: it is written under a hidden temporary name in
 * the same folder and renamed by {@link #commit()}. What was not committed is deleted by {@link
 * #close()}, and when the JVM ends. Not thread-safe; several may be open at once.
 */
public final class AtomicFile implements Closeable {
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  static {
    // Ctrl-C must leave no half-written files.
    Runtime.getRuntime().addShutdownHook(new Thread(AtomicFile::deleteOpen, "temporary-files"));
  }

  private final Path target;
  private final Path temporary;
  private final boolean overwrite;

  private AtomicFile(Path target, Path temporary, boolean overwrite) {
    this.target = target;
    this.temporary = temporary;
    this.overwrite = overwrite;
  }

  /**
   * Makes the missing parent folders of a target and an empty temporary file beside it.
   *
   * @throws FileAlreadyExistsException if the target exists and {@code overwrite} is false, or if
   *     it is a folder
   */
  public static AtomicFile create(Path target, boolean overwrite) throws IOException {
    refuseExisting(target, overwrite);
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null) {
      throw new FileAlreadyExistsException(target.toString(), null, "is a folder");
    }
    Files.createDirectories(folder);
    while (true) {
      long number = ThreadLocalRandom.current().nextLong();
      Path temporary = folder.resolve(".vocalise-" + Long.toHexString(number) + ".part");
      try {
        Files.createFile(temporary);
      } catch (FileAlreadyExistsException e) {
        continue;
      }
      OPEN.add(temporary);
      return new AtomicFile(target, temporary, overwrite);
    }
  }

  private static void refuseExisting(Path target, boolean overwrite) throws IOException {
    if (Files.isDirectory(target)) {
      throw new FileAlreadyExistsException(
          target.toString(), null, "is a folder where a file is to be written; name the file");
    }
    if (!overwrite && Files.exists(target)) {
      throw new FileAlreadyExistsException(
          target.toString(), null, "exists; use --overwrite to replace it");
    }
  }

  /** The file to write to until {@link #commit()}. */
  public Path temporary() {
    return temporary;
  }

  /**
   * Gives the written file its final name, in one step where the file system can do so. Every
   * channel to the temporary file must have been closed.
   */
  public void commit() throws IOException {
    refuseExisting(target, overwrite);
    try {
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
    }
    OPEN.remove(temporary);
  }

  /** Deletes the temporary file unless it was committed. */
  @Override
  public void close() throws IOException {
    if (OPEN.remove(temporary)) {
      Files.deleteIfExists(temporary);
    }
  }

  private static void deleteOpen() {
    for (Path temporary : OPEN) {
      // The JVM is ending: nobody is left to tell of a failure.
      boolean unused = temporary.toFile().delete();
    }
  }
}
