package org.vocalise.eval.frechet;

/**
 * The vectors of one recording, as an {@link org.vocalise.eval.embedding.Embedding} makes them.
 *
 * @param name of the file in the report
 * @param vectors row-major {@code [windows][dimensions]}
 * @param dimensions length of a vector
 */
@SuppressWarnings("ArrayRecordComponent") // the vectors are what it is for; equality is not used
public record FileWindows(String name, float[] vectors, int dimensions) {
  /** Checks that the vectors are whole, and finite: one NaN would spoil the whole set. */
  public FileWindows {
    if (dimensions < 1 || vectors.length % dimensions != 0) {
      throw new IllegalArgumentException(
          name + ": " + vectors.length + " values are no vectors of " + dimensions);
    }
    for (int i = 0; i < vectors.length; i++) {
      if (!Float.isFinite(vectors[i])) {
        throw new IllegalArgumentException(
            "%s: window %d, dimension %d: %s: the recording or the weights are damaged"
                .formatted(name, i / dimensions, i % dimensions, vectors[i]));
      }
    }
  }

  /** Number of vectors. */
  public int windows() {
    return vectors.length / dimensions;
  }
}
