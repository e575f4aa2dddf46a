package org.vocalise.eval.separation;

/** Where the windows of a recording lie, as museval lays them. Immutable. */
final class Windows {
  private final double window;
  private final double hop;
  private final long frames;

  Windows(BssOptions options, int sampleRate, long frames) {
    window = options.windowSeconds() * sampleRate;
    hop = options.hopSeconds() * sampleRate;
    this.frames = frames;
  }

  /** Number of windows; one where the recording is no longer than a window. */
  int count() {
    return window < frames ? (int) Math.floor((frames - window + hop) / hop) : 1;
  }

  /** First frame of a window. */
  long start(int index) {
    return index == 0 ? 0 : (long) Math.floor(index * hop);
  }

  /** One past the last frame of a window. */
  long end(int index) {
    double end = index == 0 ? window : index * hop + window;
    return (long) Math.floor(Math.min(end, (double) frames));
  }
}
