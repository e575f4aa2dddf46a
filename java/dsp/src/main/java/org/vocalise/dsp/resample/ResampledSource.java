package org.vocalise.dsp.resample;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.vocalise.dsp.audio.AudioSource;

/**
 * A signal at another sample rate, converted as it is read: sample for sample what {@link
 * Resampler#resample} makes of the whole signal. Closing it closes the source that it reads.
 */
public final class ResampledSource implements AudioSource {
  private static final int BLOCK = 4096;

  private final AudioSource source;
  private final Resampler resampler;

  /** A stretch of the signal; zeros stand for what lies beyond its ends. */
  private final float[] window;

  /** Index, in the signal, of the first sample of the window: below 0 at the beginning. */
  private long windowStart;

  private int filled;

  private long samplesRead;
  private boolean ended;
  private long produced;

  /**
   * Wraps a source.
   *
   * @throws IllegalArgumentException if the source's rate is not the one that is converted from
   */
  public ResampledSource(AudioSource source, Resampler resampler) {
    if (source.sampleRate() != resampler.fromRate()) {
      throw new IllegalArgumentException(
          "source of "
              + source.sampleRate()
              + " Hz for a resampler from "
              + resampler.fromRate()
              + " Hz");
    }
    this.source = source;
    this.resampler = resampler;
    window = new float[resampler.taps() + BLOCK];
    windowStart = resampler.firstInput(0);
    filled = (int) -windowStart;
  }

  @Override
  public int sampleRate() {
    return resampler.toRate();
  }

  @Override
  public int read(float[] target, int offset, int length) throws IOException {
    int count = 0;
    while (count == 0) {
      if (ended && produced >= resampler.outputLength(samplesRead)) {
        return -1;
      }
      count = available(length);
      if (count == 0) {
        fill();
      }
    }
    resampler.compute(window, windowStart, produced, target, offset, count);
    produced += count;
    return count;
  }

  /** Number of output samples, at most {@code most}, whose inputs are all in the window. */
  private int available(int most) {
    long windowEnd = windowStart + filled;
    int low = 0;
    int high = ended ? (int) Math.min(most, resampler.outputLength(samplesRead) - produced) : most;
    while (low < high) {
      int middle = low + (high - low + 1) / 2;
      if (resampler.firstInput(produced + middle - 1) + resampler.taps() <= windowEnd) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** Forgets what no later output needs and reads on. */
  private void fill() throws IOException {
    int unused = (int) Math.min(filled, resampler.firstInput(produced) - windowStart);
    System.arraycopy(window, unused, window, 0, filled - unused);
    windowStart += unused;
    filled -= unused;
    if (!ended) {
      int count = source.read(window, filled, window.length - filled);
      if (count >= 0) {
        samplesRead += count;
        filled += count;
        return;
      }
      ended = true;
    }
    Arrays.fill(window, filled, window.length, 0);
    filled = window.length;
  }

  @Override
  public List<String> warnings() {
    return source.warnings();
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
