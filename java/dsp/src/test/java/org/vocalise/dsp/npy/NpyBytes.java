package org.vocalise.dsp.npy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Makes npy files for tests, right or wrong. */
public final class NpyBytes {
  private NpyBytes() {}

  /** A file of a format version, a header text and the bytes of the values. */
  public static byte[] file(int version, String header, byte[] values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("\u0093NUMPY".getBytes(StandardCharsets.ISO_8859_1));
    out.write(version);
    out.write(0);
    int lengthBytes = version == 1 ? 2 : 4;
    int unpadded = 8 + lengthBytes + header.length() + 1;
    String padded = header + " ".repeat((64 - unpadded % 64) % 64) + "\n";
    for (int i = 0; i < lengthBytes; i++) {
      out.write(padded.length() >> (8 * i));
    }
    out.writeBytes(padded.getBytes(StandardCharsets.ISO_8859_1));
    out.writeBytes(values);
    return out.toByteArray();
  }

  /** A header as NumPy words it. */
  public static String header(String descr, boolean fortran, String shape) {
    String order = fortran ? "True" : "False";
    return "{'descr': '" + descr + "', 'fortran_order': " + order + ", 'shape': " + shape + ", }";
  }

  /** The numbers 0, 1, ... as float32. */
  public static byte[] floats(int count) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      buffer.putFloat(i);
    }
    return buffer.array();
  }

  /** The numbers 0, 1, ... as float64. */
  public static byte[] doubles(int count) {
    ByteBuffer buffer = ByteBuffer.allocate(8 * count).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      buffer.putDouble(i);
    }
    return buffer.array();
  }
}
