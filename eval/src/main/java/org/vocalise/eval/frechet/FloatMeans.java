package org.vocalise.eval.frechet;

import java.util.List;

/**
 * The distance of means as NumPy makes it of float32 vectors, for the figures of the known tools.
 * Thread-safe.
 */
final class FloatMeans {
  private static final int LANES = 8;

  private FloatMeans() {}

  /** Squared distance of the means of two sets, all in single precision. */
  static double squaredDistance(List<FileWindows> a, List<FileWindows> b, int dimensions) {
    float[] meanA = mean(a, dimensions);
    float[] meanB = mean(b, dimensions);
    // NumPy's order of adding depends on the processor's vectors; of eight partial sums on most.
    float[] sums = new float[LANES];
    for (int k = 0; k < dimensions; k++) {
      float apart = meanA[k] - meanB[k];
      sums[k % LANES] += apart * apart;
    }
    return ((sums[0] + sums[1]) + (sums[2] + sums[3]))
        + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
  }

  /** Sums one vector after the other, as numpy.mean does along the first axis. */
  private static float[] mean(List<FileWindows> files, int dimensions) {
    float[] mean = new float[dimensions];
    int count = 0;
    for (FileWindows file : files) {
      float[] vectors = file.vectors();
      for (int i = 0; i < vectors.length; i++) {
        mean[i % dimensions] += vectors[i];
      }
      count += file.windows();
    }
    for (int k = 0; k < dimensions; k++) {
      mean[k] /= count;
    }
    return mean;
  }
}
