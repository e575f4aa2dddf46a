package org.vocalise.dsp.audio;

/** The two checksums of a FLAC frame (RFC 9639, sections 9.1.8 and 9.3). */
final class FlacCrc {
  private static final int POLYNOMIAL_8 = 0x07;
  private static final int POLYNOMIAL_16 = 0x8005;

  /** Row k: the checksum of a byte that k zero bytes follow. */
  private static final char[][] TABLE_16 = table16();

  private FlacCrc() {}

  private static char[][] table16() {
    char[][] table = new char[4][256];
    for (int value = 0; value < 256; value++) {
      int crc = value << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc << 1) ^ ((crc & 0x8000) != 0 ? POLYNOMIAL_16 : 0);
      }
      table[0][value] = (char) crc;
    }
    for (int row = 1; row < table.length; row++) {
      for (int value = 0; value < 256; value++) {
        char before = table[row - 1][value];
        table[row][value] = (char) (before << 8 ^ table[0][before >>> 8]);
      }
    }
    return table;
  }

  /** Checksum of a frame header, from index {@code from} up to, not including, {@code to}. */
  static int crc8(byte[] bytes, int from, int to) {
    int crc = 0;
    for (int i = from; i < to; i++) {
      crc ^= bytes[i] & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc << 1) ^ ((crc & 0x80) != 0 ? POLYNOMIAL_8 : 0);
      }
      crc &= 0xFF;
    }
    return crc;
  }

  /** Continues the checksum {@code crc} of a frame, 0 at its start. */
  static int crc16(int crc, byte[] bytes, int from, int to) {
    char[] t0 = TABLE_16[0];
    char[] t1 = TABLE_16[1];
    char[] t2 = TABLE_16[2];
    char[] t3 = TABLE_16[3];
    int i = from;
    for (; i + 4 <= to; i += 4) {
      crc =
          t3[crc >>> 8 ^ (bytes[i] & 0xFF)]
              ^ t2[(crc ^ bytes[i + 1]) & 0xFF]
              ^ t1[bytes[i + 2] & 0xFF]
              ^ t0[bytes[i + 3] & 0xFF];
    }
    for (; i < to; i++) {
      crc = (crc << 8 & 0xFFFF) ^ t0[crc >>> 8 ^ (bytes[i] & 0xFF)];
    }
    return crc;
  }
}
