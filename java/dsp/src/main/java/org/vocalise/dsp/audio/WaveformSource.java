package org.vocalise.dsp.audio;

import java.util.List;

/** A waveform in memory as a source. Not thread-safe; several may read one waveform. */
public final class WaveformSource implements AudioSource {
  private final Waveform waveform;
  private int position;

  /** Begins at the first sample. */
  public WaveformSource(Waveform waveform) {
    this.waveform = waveform;
  }

  @Override
  public int sampleRate() {
    return waveform.sampleRate();
  }

  @Override
  public int read(float[] target, int offset, int length) {
    int count = Math.min(length, waveform.samples().length - position);
    if (count <= 0) {
      return -1;
    }
    System.arraycopy(waveform.samples(), position, target, offset, count);
    position += count;
    return count;
  }

  @Override
  public List<String> warnings() {
    return List.of();
  }

  @Override
  public void close() {}
}
