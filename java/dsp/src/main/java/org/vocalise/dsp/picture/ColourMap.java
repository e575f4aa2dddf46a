package org.vocalise.dsp.picture;

import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;

/** Colours for numbers from 0 to 1. */
final class ColourMap {
  /** For levels: night blue over teal and green to yellow, lighter step by step. */
  static final ColourMap LEVEL =
      new ColourMap(0x160b39, 0x3b2c78, 0x335f92, 0x21868c, 0x33a978, 0x83c84f, 0xd6dd3a, 0xfdf6a2);

  /** For differences: blue below the middle, near white in the middle, red above. */
  static final ColourMap DIFFERENCE =
      new ColourMap(0x0b3478, 0x3f7fc0, 0xa5c9e6, 0xf6f6f4, 0xf3b9a0, 0xd1583f, 0x7c0d22);

  private static final int SIZE = 256;
  private final int[] table = new int[SIZE];

  private ColourMap(int... anchors) {
    for (int i = 0; i < SIZE; i++) {
      double place = i * (anchors.length - 1) / (SIZE - 1.0);
      int index = Math.min((int) place, anchors.length - 2);
      table[i] = blend(anchors[index], anchors[index + 1], place - index);
    }
  }

  private static int blend(int first, int second, double share) {
    int colour = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int from = (first >> shift) & 255;
      int to = (second >> shift) & 255;
      colour |= (int) Math.round(from + share * (to - from)) << shift;
    }
    return colour;
  }

  /** 0xRRGGBB of a number; numbers outside 0 to 1 get the colours of the ends. */
  int rgb(double share) {
    return table[index(share)];
  }

  /** Place of a number in the table of {@link #model()}. */
  static int index(double share) {
    return (int) Math.max(0, Math.min(SIZE - 1, Math.round(share * (SIZE - 1))));
  }

  /** The table of colours, for pictures that hold places in it. */
  IndexColorModel model() {
    return new IndexColorModel(8, SIZE, table, 0, false, -1, DataBuffer.TYPE_BYTE);
  }
}
