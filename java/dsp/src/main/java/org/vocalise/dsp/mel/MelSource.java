package org.vocalise.dsp.mel;

import java.io.Closeable;
import java.io.IOException;

/** A mel spectrogram of any length, read in pieces of any place and order. Not thread-safe. */
public interface MelSource extends Closeable {
  /** Definition of the values; its {@code bands} is the number of rows. */
  MelSpec spec();

  /** Number of frames, at least 1. */
  long frames();

  /**
   * Reads frames {@code first} to {@code first + count - 1}.
   *
   * @param target caller's array, filled row-major as {@code [bands][count]}
   * @throws IOException if a value is impossible for the spec; it names the file and the index
   */
  void read(long first, int count, float[] target) throws IOException;

  /** A source over a mel in memory. */
  static MelSource of(Mel mel) {
    return new MelInMemory(mel);
  }
}
