package org.vocalise.cli;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.vocalise.dsp.io.InputFiles;

/**
 * A ZIP file whose bytes follow from its entries alone: nothing is compressed, since compressors
 * differ, and every entry is of 1 January 1980. Entries keep the order in which they are added.
 */
final class StoredZip implements Closeable {
  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);
  private static final int BLOCK = 1 << 16;

  private final ZipOutputStream zip;

  /** Creates a file, or empties it. */
  StoredZip(Path target) throws IOException {
    OutputStream stream = Files.newOutputStream(target);
    zip = new ZipOutputStream(stream);
  }

  /** Adds a file under a name with forward slashes. */
  void add(String name, Path file) throws IOException {
    CRC32 crc = new CRC32();
    long size = 0;
    byte[] block = new byte[BLOCK];
    try (InputStream in = Channels.newInputStream(InputFiles.open(file))) {
      for (int n = in.read(block); n >= 0; n = in.read(block)) {
        crc.update(block, 0, n);
        size += n;
      }
    }
    begin(name, size, crc);
    try (InputStream in = Channels.newInputStream(InputFiles.open(file))) {
      in.transferTo(zip);
    }
    zip.closeEntry();
  }

  /** Adds bytes under a name with forward slashes. */
  void add(String name, byte[] bytes) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    begin(name, bytes.length, crc);
    zip.write(bytes);
    zip.closeEntry();
  }

  private void begin(String name, long size, CRC32 crc) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setTimeLocal(TIME);
    entry.setSize(size);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
