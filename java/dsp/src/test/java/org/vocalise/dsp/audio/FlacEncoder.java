package org.vocalise.dsp.audio;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A slow FLAC encoder for tests, written from RFC 9639 bit by bit and sharing nothing with the
 * decoder. The caller chooses how each frame is coded.
 */
public final class FlacEncoder {
  /** Kind of a subframe. */
  public enum Kind {
    CONSTANT,
    VERBATIM,
    FIXED,
    LINEAR
  }

  /**
   * How the channels of a frame are coded.
   *
   * @param order of the predictor
   * @param residualMethod 0 for parameters of 4 bits, 1 for 5 bits
   * @param partitionOrder logarithm of the number of partitions
   * @param escaped whether residuals are stored with a fixed width
   * @param wasted number of low bits, zero in every sample, that are left out
   */
  public record Coding(
      Kind kind, int order, int residualMethod, int partitionOrder, boolean escaped, int wasted) {
    /** Plain Rice coding in one partition. */
    public static Coding of(Kind kind, int order) {
      return new Coding(kind, order, 0, 0, false, 0);
    }
  }

  /** Channel codes of the three stereo modes. */
  public static final int LEFT_SIDE = 8;

  public static final int SIDE_RIGHT = 9;
  public static final int MID_SIDE = 10;

  private static final int PRECISION = 12;
  private static final int SHIFT = 10;

  private final int rate;
  private final int channels;
  private final int bits;
  private final ByteArrayOutputStream frames = new ByteArrayOutputStream();
  private final MessageDigest md5;
  private long total;

  public FlacEncoder(int rate, int channels, int bits) {
    this.rate = rate;
    this.channels = channels;
    this.bits = bits;
    try {
      md5 = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** Appends a frame of {@code [channel][sample]}; {@code code} is a stereo mode or 0. */
  public FlacEncoder frame(long[][] samples, int code, Coding coding) {
    int length = samples[0].length;
    Bits out = new Bits();
    out.put(0b11111111111110, 14);
    out.put(1, 2); // variable block size: the coded number counts samples
    out.put(7, 4); // block size in 16 bits
    out.put(0, 4); // rate as in the stream information
    out.put(code == 0 ? channels - 1 : code, 4);
    out.put(0, 4); // depth as in the stream information
    putCodedNumber(out, total);
    out.put(length - 1, 16);
    out.put(out.checksum(8, 0x07), 8);
    long[][] coded = samples.clone();
    if (code >= LEFT_SIDE) {
      long[] left = samples[0];
      long[] right = samples[1];
      coded = new long[][] {left.clone(), right.clone()};
      for (int i = 0; i < length; i++) {
        long side = left[i] - right[i];
        if (code == SIDE_RIGHT) {
          coded[0][i] = side;
        } else {
          coded[1][i] = side;
        }
        if (code == MID_SIDE) {
          coded[0][i] = (left[i] + right[i]) >> 1;
        }
      }
    }
    for (int channel = 0; channel < channels; channel++) {
      boolean side = code == SIDE_RIGHT ? channel == 0 : code >= LEFT_SIDE && channel == 1;
      putSubframe(out, coded[channel], bits + (side ? 1 : 0), coding);
    }
    out.align();
    out.put(out.checksum(16, 0x8005), 16);
    frames.writeBytes(out.bytes());
    for (int i = 0; i < length; i++) {
      for (long[] channel : samples) {
        for (int k = 0; k < (bits + 7) / 8; k++) {
          md5.update((byte) (channel[i] >> (8 * k)));
        }
      }
    }
    total += length;
    return this;
  }

  /** The file so far; call it once. */
  public byte[] bytes(boolean totalKnown, boolean md5Known) {
    Bits head = new Bits();
    head.put(0x664C6143, 32);
    head.put(0, 8); // stream information, not the last block
    head.put(34, 24);
    head.put(16, 16);
    head.put(65535, 16);
    head.put(0, 24);
    head.put(0, 24);
    head.put(rate, 20);
    head.put(channels - 1, 3);
    head.put(bits - 1, 5);
    head.put(totalKnown ? total : 0, 36);
    byte[] sum = md5Known ? md5.digest() : new byte[16];
    for (byte b : sum) {
      head.put(b & 0xFF, 8);
    }
    head.put(0x81, 8); // padding, the last block
    head.put(5, 24);
    head.put(0, 40);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(head.bytes());
    all.writeBytes(frames.toByteArray());
    return all.toByteArray();
  }

  private static void putCodedNumber(Bits out, long number) {
    if (number < 0x80) {
      out.put(number, 8);
      return;
    }
    int more = 1;
    while (number >= 1L << (6 + 5 * more)) {
      more++;
    }
    int first = 0xFF00 >> (more + 1) & 0xFF;
    out.put(first | number >> (6 * more), 8);
    for (int i = more - 1; i >= 0; i--) {
      out.put(0x80 | (number >> (6 * i) & 0x3F), 8);
    }
  }

  private static void putSubframe(Bits out, long[] samples, int depth, Coding coding) {
    int order = coding.order;
    int type =
        switch (coding.kind) {
          case CONSTANT -> 0;
          case VERBATIM -> 1;
          case FIXED -> 8 + order;
          case LINEAR -> 31 + order;
        };
    out.put(type, 7);
    out.put(coding.wasted > 0 ? 1 : 0, 1);
    if (coding.wasted > 0) {
      out.put(1, coding.wasted);
    }
    int width = depth - coding.wasted;
    long[] s = samples.clone();
    for (int i = 0; i < s.length; i++) {
      s[i] >>= coding.wasted;
    }
    if (coding.kind == Kind.CONSTANT) {
      out.put(s[0], width);
      return;
    }
    int plain = coding.kind == Kind.VERBATIM ? s.length : order;
    for (int i = 0; i < plain; i++) {
      out.put(s[i], width);
    }
    if (coding.kind == Kind.VERBATIM) {
      return;
    }
    long[] taps = taps(coding);
    boolean linear = coding.kind == Kind.LINEAR;
    if (linear) {
      out.put(PRECISION - 1, 4);
      out.put(SHIFT, 5);
      for (long tap : taps) {
        out.put(tap, PRECISION);
      }
    }
    long[] residual = new long[s.length];
    for (int i = order; i < s.length; i++) {
      long prediction = 0;
      for (int j = 0; j < order; j++) {
        prediction += taps[j] * s[i - 1 - j];
      }
      residual[i] = s[i] - (linear ? prediction >> SHIFT : prediction);
    }
    putResidual(out, residual, coding);
  }

  private static long[] taps(Coding coding) {
    if (coding.kind == Kind.FIXED) {
      return new long[][] {{}, {1}, {2, -1}, {3, -3, 1}, {4, -6, 4, -1}}[coding.order];
    }
    long[] taps = new long[coding.order];
    for (int j = 0; j < taps.length; j++) {
      taps[j] = j == 0 ? 1500 : (j % 2 == 0 ? 1 : -1) * (700 / (j + 1));
    }
    return taps;
  }

  private static void putResidual(Bits out, long[] residual, Coding coding) {
    out.put(coding.residualMethod, 2);
    out.put(coding.partitionOrder, 4);
    int parameterWidth = 4 + coding.residualMethod;
    int largest = (1 << parameterWidth) - 2;
    int length = residual.length >> coding.partitionOrder;
    for (int from = 0; from < residual.length; from += length) {
      int first = from == 0 ? coding.order : from;
      int to = from + length;
      long sum = 0;
      long bound = 0;
      for (int i = first; i < to; i++) {
        sum += Math.abs(residual[i]);
        bound |= residual[i] ^ residual[i] >> 63;
      }
      if (coding.escaped) {
        int width = bound == 0 ? 0 : 65 - Long.numberOfLeadingZeros(bound);
        out.put(largest + 1, parameterWidth);
        out.put(width, 5);
        for (int i = first; i < to; i++) {
          out.put(residual[i], width);
        }
        continue;
      }
      long mean = sum / Math.max(1, to - first);
      int parameter = Math.min(largest, 64 - Long.numberOfLeadingZeros(mean));
      out.put(parameter, parameterWidth);
      for (int i = first; i < to; i++) {
        long folded = residual[i] << 1 ^ residual[i] >> 63;
        for (long zeros = folded >>> parameter; zeros > 0; zeros--) {
          out.put(0, 1);
        }
        out.put(1, 1);
        out.put(folded, parameter);
      }
    }
  }

  /** Bits, most significant first. */
  private static final class Bits {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int partial;
    private int held;

    void put(long value, int width) {
      for (int i = width - 1; i >= 0; i--) {
        partial = partial << 1 | (int) (i < 64 ? value >> i & 1 : 0);
        if (++held == 8) {
          out.write(partial);
          partial = 0;
          held = 0;
        }
      }
    }

    void align() {
      while (held != 0) {
        put(0, 1);
      }
    }

    byte[] bytes() {
      return out.toByteArray();
    }

    int checksum(int width, int polynomial) {
      int crc = 0;
      int top = 1 << (width - 1);
      for (byte b : bytes()) {
        crc ^= (b & 0xFF) << (width - 8);
        for (int i = 0; i < 8; i++) {
          crc = (crc & top) != 0 ? crc << 1 ^ polynomial : crc << 1;
        }
        crc &= (top << 1) - 1;
      }
      return crc;
    }
  }
}
