package org.vocalise.dsp.pitch;

/**
 * Fundamental frequencies of a signal at regular times, the first at 0 s.
 *
 * @param hz frequency of each frame; what it means where nothing is sung depends on the tracker,
 *     and 0 is always none
 * @param confidence in [0, 1], of each frame
 * @param hopSeconds time from frame to frame
 */
@SuppressWarnings("ArrayRecordComponent") // a track is its values; equality is not used
public record PitchTrack(double[] hz, double[] confidence, double hopSeconds) {
  /** Checks the lengths. */
  public PitchTrack {
    if (hz.length != confidence.length) {
      throw new IllegalArgumentException(
          hz.length + " frequencies, " + confidence.length + " confidences");
    }
  }

  /** Number of frames. */
  public int frames() {
    return hz.length;
  }
}
