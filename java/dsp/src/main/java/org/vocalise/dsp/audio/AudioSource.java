package org.vocalise.dsp.audio;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * A mono signal read from its beginning in blocks, in memory that does not depend on its length.
 * Not thread-safe.
 */
public interface AudioSource extends Closeable {
  /** Samples per second. */
  int sampleRate();

  /**
   * Reads the next samples.
   *
   * @param target caller's array, samples in [-1, 1] are written from {@code offset} on
   * @return number of samples written, at least 1; or -1 at the end
   * @throws IOException if the file is damaged at the place reached; it names file, offset, reason
   */
  int read(float[] target, int offset, int length) throws IOException;

  /** What the user should know about the signal so far, complete once the end was read. */
  List<String> warnings();
}
