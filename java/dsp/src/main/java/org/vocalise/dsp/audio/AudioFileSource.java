package org.vocalise.dsp.audio;

/** An audio file read in blocks; several channels are averaged to one. Not thread-safe. */
public sealed interface AudioFileSource extends AudioSource permits WavSource, FlacSource {
  /** Number of channels in the file, at least 1. */
  int channels();

  /** How the file stores its samples, for instance {@code "PCM 16 bit, 2 channels"}. */
  String encoding();
}
