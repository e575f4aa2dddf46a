package org.vocalise.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.vocalise.dsp.audio.AudioFiles;
import org.vocalise.dsp.audio.AudioSource;

/**
 * How two audio files differ, sample by sample.
 *
 * @param samples length of the longer one
 * @param differing number of samples that differ, those that one file lacks included
 * @param largest largest absolute difference, full scale being 1
 */
record SampleDifference(long samples, long differing, double largest) {
  private static final int BLOCK = 1 << 14;

  /** Compares two files in memory that does not depend on their length. */
  static SampleDifference between(Path one, Path other) throws IOException {
    try (AudioSource left = AudioFiles.open(one);
        AudioSource right = AudioFiles.open(other)) {
      float[] a = new float[BLOCK];
      float[] b = new float[BLOCK];
      long samples = 0;
      long differing = 0;
      double largest = 0;
      while (true) {
        int countA = fill(left, a);
        int countB = fill(right, b);
        int count = Math.max(countA, countB);
        if (count == 0) {
          return new SampleDifference(samples, differing, largest);
        }
        for (int i = 0; i < count; i++) {
          float difference = (i < countA ? a[i] : 0) - (i < countB ? b[i] : 0);
          boolean differs = difference != 0 || i >= countA || i >= countB;
          differing += differs ? 1 : 0;
          largest = Math.max(largest, Math.abs(difference));
        }
        samples += count;
      }
    }
  }

  /** Reads until the array is full or the signal ends. */
  private static int fill(AudioSource source, float[] target) throws IOException {
    int filled = 0;
    while (filled < target.length) {
      int count = source.read(target, filled, target.length - filled);
      if (count < 0) {
        break;
      }
      filled += count;
    }
    return filled;
  }
}
