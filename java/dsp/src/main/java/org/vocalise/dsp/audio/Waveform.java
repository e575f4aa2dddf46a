package org.vocalise.dsp.audio;

/**
 * A mono signal: samples nominally in [-1, 1] and their rate in Hz. The array is not copied; who
 * makes the record gives it away.
 */
@SuppressWarnings("ArrayRecordComponent") // a waveform is its samples; equality is not used
public record Waveform(float[] samples, int sampleRate) {
  /** Checks the rate. */
  public Waveform {
    if (sampleRate <= 0) {
      throw new IllegalArgumentException("sampleRate " + sampleRate + " is not positive");
    }
  }

  /** Length in seconds. */
  public double seconds() {
    return samples.length / (double) sampleRate;
  }
}
