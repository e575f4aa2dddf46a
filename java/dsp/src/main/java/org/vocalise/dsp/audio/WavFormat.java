package org.vocalise.dsp.audio;

/** How a WAV file is written. */
public enum WavFormat {
  /** 16-bit integers. */
  PCM16(2),
  /** 32-bit floats. */
  FLOAT32(4);

  final int size;

  WavFormat(int size) {
    this.size = size;
  }
}
