package org.vocalise.dsp.audio;

import java.io.IOException;

/**
 * An audio file read in blocks. As a mono signal several channels are averaged to one; they can be
 * read as they are as well. Not thread-safe.
 */
public sealed interface AudioFileSource extends AudioSource permits WavSource, FlacSource {
  /** Number of channels in the file, at least 1. */
  int channels();

  /**
   * Reads the next frames without averaging.
   *
   * @param target caller's array, {@code channels} samples of each frame from {@code offset} on
   * @param frames at most this many
   * @return number of frames, at least 1; or -1 at the end
   * @throws IOException as {@link #read}
   */
  int readInterleaved(float[] target, int offset, int frames) throws IOException;

  /** How the file stores its samples, for instance {@code "PCM 16 bit, 2 channels"}. */
  String encoding();
}
