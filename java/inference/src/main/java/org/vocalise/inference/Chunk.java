package org.vocalise.inference;

/**
 * A piece of a mel that a network makes in one run.
 *
 * @param begin first frame that is wanted
 * @param end one past the last frame that is wanted
 * @param from first frame that the network is given, at most {@code begin}
 * @param to one past the last frame that the network is given, at least {@code end}
 */
record Chunk(long begin, long end, long from, long to) {
  /** Frames that are wanted. */
  int frames() {
    return (int) (end - begin);
  }

  /** Frames that the network is given. */
  int given() {
    return (int) (to - from);
  }

  /** Frames given before the first that is wanted. */
  int before() {
    return (int) (begin - from);
  }
}
