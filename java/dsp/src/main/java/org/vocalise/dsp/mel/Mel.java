package org.vocalise.dsp.mel;

/**
 * A mel spectrogram in memory.
 *
 * @param values row-major {@code [bands][frames]}, in the unit that {@code spec} defines
 * @param frames number of frames
 * @param spec definition, its {@code bands} is the number of rows
 */
@SuppressWarnings("ArrayRecordComponent") // a mel is its values; equality is not used
public record Mel(float[] values, int frames, MelSpec spec) {
  /** Checks the length of the array. */
  public Mel {
    if (values.length != (long) spec.bands() * frames) {
      throw new IllegalArgumentException(
          "mel of " + values.length + " values is not " + spec.bands() + " x " + frames);
    }
  }

  /** Value of a band in a frame. */
  public float at(int band, int frame) {
    return values[band * frames + frame];
  }
}
