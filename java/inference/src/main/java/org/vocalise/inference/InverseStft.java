package org.vocalise.inference;

import org.vocalise.dsp.mel.MelSpec;

/**
 * The inverse short-time Fourier transform that a {@link OutputKind#COMPLEX} model asks for:
 * weighted overlap-add with the periodic Hann window.
 *
 * @param nFft transform length in samples
 * @param hop samples from frame to frame
 * @param windowLength length of the window, centred in the transform
 * @param padding where frames lie: around which padding of the signal they were cut
 */
public record InverseStft(int nFft, int hop, int windowLength, MelSpec.Padding padding) {
  /** Checks that the lengths fit together. */
  public InverseStft {
    if (nFft < 16 || nFft > 65_536 || nFft % 2 != 0) {
      throw new IllegalArgumentException("n_fft is " + nFft + ", not even and 16 to 65536");
    }
    if (hop < 1 || hop > windowLength || windowLength > nFft) {
      throw new IllegalArgumentException(
          "hop " + hop + ", window " + windowLength + ", n_fft " + nFft + " do not ascend");
    }
  }

  /** Number of frequency bins. */
  public int bins() {
    return nFft / 2 + 1;
  }

  /** Samples before the signal that the first frame begins with. */
  public int pad() {
    return padding == MelSpec.Padding.CENTRED ? nFft / 2 : (nFft - hop) / 2;
  }
}
