package org.vocalise.dsp.audio;

/**
 * The mean of several channels: 32-bit sums divided by the number of channels, as torch.mean. From
 * four channels on torch may add in another order, which changes the last bit.
 */
final class ChannelMean {
  private ChannelMean() {}

  /** Averages {@code frames} frames of {@code channels} samples each. */
  static void ofInterleaved(
      float[] interleaved, int channels, float[] target, int offset, int frames) {
    if (channels == 2) {
      for (int i = 0; i < frames; i++) {
        target[offset + i] = (interleaved[2 * i] + interleaved[2 * i + 1]) * 0.5f;
      }
      return;
    }
    for (int i = 0; i < frames; i++) {
      float sum = 0;
      for (int channel = 0; channel < channels; channel++) {
        sum += interleaved[i * channels + channel];
      }
      target[offset + i] = sum / channels;
    }
  }
}
