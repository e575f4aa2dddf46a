package org.vocalise.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Array files for tests. */
final class TestNpy {
  private TestNpy() {}

  /** An array (bands, frames) of one value. */
  static Path of(Path file, int bands, int frames, float value) throws IOException {
    ByteBuffer data = ByteBuffer.allocate(4 * bands * frames).order(ByteOrder.LITTLE_ENDIAN);
    while (data.hasRemaining()) {
      data.putFloat(value);
    }
    return raw(file, "<f4", "(" + bands + ", " + frames + ")", data.array());
  }

  /** A version 1 file with a header as given. */
  static Path raw(Path file, String descr, String shape, byte[] data) throws IOException {
    String header =
        "{'descr': '%s', 'fortran_order': False, 'shape': %s, }".formatted(descr, shape);
    int length = (10 + header.length() + 1 + 63) / 64 * 64 - 10;
    ByteBuffer npy = ByteBuffer.allocate(10 + length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    npy.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
    npy.put((byte) 1).put((byte) 0).putShort((short) length);
    npy.put(
        (header + " ".repeat(length - 1 - header.length()) + "\n")
            .getBytes(StandardCharsets.US_ASCII));
    npy.put(data);
    Files.createDirectories(file.toAbsolutePath().getParent());
    return Files.write(file, npy.array());
  }
}
