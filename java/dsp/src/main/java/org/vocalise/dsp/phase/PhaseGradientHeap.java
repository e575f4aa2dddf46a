package org.vocalise.dsp.phase;

import java.util.Arrays;

/*
 * Prusa, Balazs, Sondergaard, "A noniterative method for reconstruction of phase from STFT
 * magnitude", 2017. For a Gaussian window exp(-pi t^2 / gamma) the phase's derivatives are those of
 * the log magnitude; gamma = 0.25645 window^2 fits the Hann window.
 *
 * The heap is a set of buckets of equal log magnitude (0.05 nepers): a bin costs the same whatever
 * their number. Phases are in turns: the advance of bin m from frame to frame, hop m / nFft turns,
 * is a short binary fraction, and wrapping is a subtraction.
 */

/**
 * Phase gradient heap integration: phases that fit given magnitudes, found by following the
 * derivatives of the log magnitude from loud bins to quiet ones. One instance per thread.
 */
final class PhaseGradientHeap {
  private static final float BUCKET = 0.05f;

  private final int bins;
  private final int nFft;
  private final int hop;
  private final double gamma;

  PhaseGradientHeap(int nFft, int windowLength, int hop) {
    this.nFft = nFft;
    this.hop = hop;
    bins = nFft / 2 + 1;
    gamma = 0.25645 * windowLength * (double) windowLength;
  }

  /** Replaces magnitudes by the logarithms that {@link #integrate} takes, zero by a tiny one. */
  static void toLog(float[] magnitude) {
    for (int i = 0; i < magnitude.length; i++) {
      magnitude[i] = Elementary.log(Math.max(magnitude[i], 1e-9f));
    }
  }

  /**
   * Integrates the phase.
   *
   * @param log natural logarithm of the magnitudes, {@code [bins][frames]}
   * @param phase phases in turns, in [0, 1), written; those of the first {@code known} frames are
   *     kept
   * @param range bins more than this many nepers below the loudest get random phases
   * @param seed of the random phases
   * @param firstFrame number of the first frame in the whole spectrogram
   */
  void integrate(
      float[] log, int frames, float[] phase, int known, float range, long seed, long firstFrame) {
    int size = bins * frames;
    float loudest = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < size; i++) {
      loudest = Math.max(loudest, log[i]);
    }
    int levels = (int) (range / BUCKET) + 1;
    float bottom = loudest - range;
    float[] perFrame = new float[size];
    float[] perBin = new float[size];
    gradients(log, frames, perFrame, perBin);

    int[] bucket = new int[size];
    byte[] done = new byte[size];
    int[] count = new int[levels + 1];
    for (int i = 0; i < size; i++) {
      int level = (int) ((log[i] - bottom) / BUCKET);
      bucket[i] = log[i] < bottom ? -1 : Math.min(levels - 1, level);
      if (bucket[i] < 0) {
        done[i] = 1;
        if (i % frames >= known) {
          phase[i] = Texture.uniform(seed, i / frames, firstFrame + i % frames);
        }
      } else {
        count[bucket[i]]++;
      }
    }
    // Seeds in order of loudness, and one linked list of bins to visit for each bucket.
    int[] order = sorted(bucket, count, levels);
    int[] head = new int[levels];
    Arrays.fill(head, -1);
    int[] next = new int[size];
    int top = -1;
    for (int n = 0; n < known; n++) {
      for (int m = 0; m < bins; m++) {
        int i = m * frames + n;
        if (done[i] == 0) {
          done[i] = 1;
          next[i] = head[bucket[i]];
          head[bucket[i]] = i;
          top = Math.max(top, bucket[i]);
        }
      }
    }
    int loudestLeft = 0;
    while (true) {
      while (top >= 0 && head[top] < 0) {
        top--;
      }
      int i;
      if (top >= 0) {
        i = head[top];
        head[top] = next[i];
      } else {
        while (loudestLeft < order.length && done[order[loudestLeft]] != 0) {
          loudestLeft++;
        }
        if (loudestLeft == order.length) {
          return;
        }
        i = order[loudestLeft];
        done[i] = 1;
        phase[i] = 0;
      }
      int n = i % frames;
      if (n + 1 < frames && done[i + 1] == 0) {
        phase[i + 1] = wrap(phase[i] + (perFrame[i] + perFrame[i + 1]) / 2);
        top = Math.max(top, push(i + 1, done, next, head, bucket));
      }
      if (n > 0 && done[i - 1] == 0) {
        phase[i - 1] = wrap(phase[i] - (perFrame[i] + perFrame[i - 1]) / 2);
        top = Math.max(top, push(i - 1, done, next, head, bucket));
      }
      if (i + frames < size && done[i + frames] == 0) {
        phase[i + frames] = wrap(phase[i] + (perBin[i] + perBin[i + frames]) / 2);
        top = Math.max(top, push(i + frames, done, next, head, bucket));
      }
      if (i >= frames && done[i - frames] == 0) {
        phase[i - frames] = wrap(phase[i] - (perBin[i] + perBin[i - frames]) / 2);
        top = Math.max(top, push(i - frames, done, next, head, bucket));
      }
    }
  }

  private static int push(int i, byte[] done, int[] next, int[] head, int[] bucket) {
    done[i] = 1;
    int level = bucket[i];
    next[i] = head[level];
    head[level] = i;
    return level;
  }

  private static int[] sorted(int[] bucket, int[] count, int levels) {
    int total = 0;
    int[] start = new int[levels];
    for (int level = levels - 1; level >= 0; level--) {
      start[level] = total;
      total += count[level];
    }
    int[] order = new int[total];
    for (int i = 0; i < bucket.length; i++) {
      if (bucket[i] >= 0) {
        order[start[bucket[i]]++] = i;
      }
    }
    return order;
  }

  /** Phase derivatives in turns per frame and per bin, the window's delay included. */
  private void gradients(float[] log, int frames, float[] perFrame, float[] perBin) {
    float fromBins = (float) (hop * (double) nFft / (2 * gamma) / (2 * Math.PI));
    float fromFrames = (float) (-gamma / (2.0 * hop * nFft) / (2 * Math.PI));
    for (int m = 0; m < bins; m++) {
      float advance = (float) ((double) hop * m / nFft % 1);
      int up = m + 1 < bins ? frames : 0;
      int down = m > 0 ? frames : 0;
      // At the lowest and highest bin the spectrum is even about the edge.
      boolean edge = m == 0 || m == bins - 1;
      for (int n = 0; n < frames; n++) {
        int i = m * frames + n;
        float across = edge ? 0 : log[i + up] - log[i - down];
        perFrame[i] = advance + fromBins * across;
        float along = log[n + 1 < frames ? i + 1 : i] - log[n > 0 ? i - 1 : i];
        perBin[i] = fromFrames * along - 0.5f;
      }
    }
  }

  private static float wrap(float turns) {
    return turns - (float) Math.floor(turns);
  }
}
