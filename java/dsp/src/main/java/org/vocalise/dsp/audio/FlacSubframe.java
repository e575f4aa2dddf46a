package org.vocalise.dsp.audio;

import java.io.IOException;

/**
 * Decodes one channel of a FLAC frame (RFC 9639, section 9.2). Samples are 64 bits wide, so that
 * one path holds for every depth: the difference of two 32-bit channels has 33 bits. Not
 * thread-safe.
 */
final class FlacSubframe {
  private static final int MAX_ORDER = 32;

  private final FlacBits bits;
  private final long[] coefficients = new long[MAX_ORDER];

  FlacSubframe(FlacBits bits) {
    this.bits = bits;
  }

  /**
   * Reads a subframe.
   *
   * @param target receives {@code blockSize} samples
   * @param width bits per sample, 4 to 33
   */
  void read(long[] target, int blockSize, int width) throws IOException {
    int header = (int) bits.read(8);
    int type = header >>> 1;
    if (type > 63) {
      throw bits.error("a subframe begins with a one bit");
    }
    int wasted = (header & 1) == 0 ? 0 : (int) bits.readUnary(width - 2) + 1;
    int stored = width - wasted;
    if (type == 0) {
      readConstant(target, blockSize, stored);
    } else if (type == 1) {
      for (int i = 0; i < blockSize; i++) {
        target[i] = bits.readSigned(stored);
      }
    } else if (type >= 8 && type <= 12) {
      readFixed(target, blockSize, stored, type - 8);
    } else if (type >= 32) {
      readLinear(target, blockSize, stored, type - 31);
    } else {
      throw bits.error("a subframe of the reserved type " + type);
    }
    if (wasted > 0) {
      for (int i = 0; i < blockSize; i++) {
        target[i] <<= wasted;
      }
    }
  }

  private void readConstant(long[] target, int blockSize, int width) throws IOException {
    long value = bits.readSigned(width);
    for (int i = 0; i < blockSize; i++) {
      target[i] = value;
    }
  }

  private void readWarmUp(long[] target, int blockSize, int width, int order) throws IOException {
    if (order > blockSize) {
      throw bits.error("a predictor of order " + order + " in a block of " + blockSize);
    }
    for (int i = 0; i < order; i++) {
      target[i] = bits.readSigned(width);
    }
  }

  private void readFixed(long[] s, int blockSize, int width, int order) throws IOException {
    readWarmUp(s, blockSize, width, order);
    readResidual(s, blockSize, order);
    switch (order) {
      case 1 -> {
        for (int i = 1; i < blockSize; i++) {
          s[i] += s[i - 1];
        }
      }
      case 2 -> {
        for (int i = 2; i < blockSize; i++) {
          s[i] += 2 * s[i - 1] - s[i - 2];
        }
      }
      case 3 -> {
        for (int i = 3; i < blockSize; i++) {
          s[i] += 3 * (s[i - 1] - s[i - 2]) + s[i - 3];
        }
      }
      case 4 -> {
        for (int i = 4; i < blockSize; i++) {
          s[i] += 4 * (s[i - 1] + s[i - 3]) - 6 * s[i - 2] - s[i - 4];
        }
      }
      default -> {
        // Order 0: the residual is the signal.
      }
    }
  }

  private void readLinear(long[] s, int blockSize, int width, int order) throws IOException {
    readWarmUp(s, blockSize, width, order);
    int precision = (int) bits.read(4) + 1;
    if (precision == 16) {
      throw bits.error("a predictor of a forbidden precision");
    }
    int shift = (int) bits.readSigned(5);
    if (shift < 0) {
      throw bits.error("a predictor shifted by " + shift);
    }
    // Oldest first: then only the newest sample's product waits for the sample before.
    long[] c = coefficients;
    for (int j = order - 1; j >= 0; j--) {
      c[j] = bits.readSigned(precision);
    }
    readResidual(s, blockSize, order);
    predict(s, blockSize, c, order, shift);
  }

  private static void predict(long[] s, int blockSize, long[] c, int order, int shift) {
    for (int i = order; i < blockSize; i++) {
      int oldest = i - order;
      long sum = 0;
      for (int j = 0; j < order; j++) {
        sum += c[j] * s[oldest + j];
      }
      s[i] += sum >> shift;
    }
  }

  private void readResidual(long[] target, int blockSize, int order) throws IOException {
    int method = (int) bits.read(2);
    if (method > 1) {
      throw bits.error("a residual of the reserved coding " + method);
    }
    int parameterWidth = 4 + method;
    int escape = (1 << parameterWidth) - 1;
    int partitionOrder = (int) bits.read(4);
    int length = blockSize >> partitionOrder;
    if (length << partitionOrder != blockSize || length < order) {
      throw bits.error("2^" + partitionOrder + " partitions in a block of " + blockSize);
    }
    int from = order;
    for (int to = length; to <= blockSize; to += length) {
      int parameter = (int) bits.read(parameterWidth);
      if (parameter < escape) {
        bits.readRice(target, from, to, parameter);
      } else {
        int width = (int) bits.read(5);
        for (int i = from; i < to; i++) {
          target[i] = bits.readSigned(width);
        }
      }
      from = to;
    }
  }
}
