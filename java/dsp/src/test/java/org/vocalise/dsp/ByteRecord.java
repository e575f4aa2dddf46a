package org.vocalise.dsp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Leaves hashes of results in {@code target/bytes}, where continuous integration compares those of
 * two JDKs. For tests named {@code *BytesTest}.
 */
public final class ByteRecord {
  private ByteRecord() {}

  /** Writes {@code target/bytes/NAME.sha256} and returns the hash as hexadecimal digits. */
  public static String leave(String name, byte[] bytes) throws IOException {
    String hash = sha256(bytes);
    Path folder = Files.createDirectories(Path.of("target", "bytes"));
    Files.writeString(folder.resolve(name + ".sha256"), hash + "\n");
    return hash;
  }

  /** The same for the bits of samples or mel values. */
  public static String leave(String name, float[] values) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return leave(name, bytes.array());
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e); // every Java platform has it
    }
  }
}
