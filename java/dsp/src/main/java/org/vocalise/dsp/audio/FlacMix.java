package org.vocalise.dsp.audio;

/** What is done with the channels of a decoded FLAC frame. */
final class FlacMix {
  private FlacMix() {}

  /** Turns left and left - right into left and right. */
  static void leftSide(long[] left, long[] side, int length) {
    for (int i = 0; i < length; i++) {
      side[i] = left[i] - side[i];
    }
  }

  /** Turns left - right and right into left and right. */
  static void sideRight(long[] side, long[] right, int length) {
    for (int i = 0; i < length; i++) {
      side[i] += right[i];
    }
  }

  /** Turns floor((left + right) / 2) and left - right into left and right. */
  static void midSide(long[] mid, long[] side, int length) {
    for (int i = 0; i < length; i++) {
      // The sum and the difference of two integers are both odd or both even.
      long sum = mid[i] << 1 | (side[i] & 1);
      long difference = side[i];
      mid[i] = (sum + difference) >> 1;
      side[i] = (sum - difference) >> 1;
    }
  }

  /**
   * Scales the samples by 2^(bits - 1) and averages the channels.
   *
   * @return whether every sample fits into {@code bits} bits
   */
  static boolean toMono(long[][] channels, int bits, float[] mono, int length) {
    float scale = 1f / (1L << (bits - 1));
    long used = 0;
    for (int channel = 0; channel < channels.length; channel++) {
      long[] samples = channels[channel];
      if (channel == 0) {
        for (int i = 0; i < length; i++) {
          long sample = samples[i];
          used |= sample ^ sample >> 63;
          mono[i] = sample * scale;
        }
      } else {
        for (int i = 0; i < length; i++) {
          long sample = samples[i];
          used |= sample ^ sample >> 63;
          mono[i] += sample * scale;
        }
      }
    }
    if (channels.length > 1) {
      for (int i = 0; i < length; i++) {
        mono[i] /= channels.length;
      }
    }
    return used >>> (bits - 1) == 0;
  }

  /** Scales {@code frames} samples of each channel by 2^(bits - 1) and interleaves them. */
  static void interleave(
      long[][] channels, int bits, int from, float[] target, int offset, int frames) {
    float scale = 1f / (1L << (bits - 1));
    for (int channel = 0; channel < channels.length; channel++) {
      for (int i = 0; i < frames; i++) {
        target[offset + i * channels.length + channel] = channels[channel][from + i] * scale;
      }
    }
  }

  /**
   * Packs samples as the MD5 sum wants them: interleaved, little-endian, whole bytes.
   *
   * @return number of bytes
   */
  static int pack(long[][] channels, int from, int to, int bytesPerSample, byte[] target) {
    int stride = channels.length * bytesPerSample;
    for (int channel = 0; channel < channels.length; channel++) {
      long[] samples = channels[channel];
      int at = channel * bytesPerSample;
      for (int i = from; i < to; i++) {
        long sample = samples[i];
        for (int k = 0; k < bytesPerSample; k++) {
          target[at + k] = (byte) (sample >> (8 * k));
        }
        at += stride;
      }
    }
    return (to - from) * stride;
  }
}
