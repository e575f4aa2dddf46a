package org.vocalise.dsp.fft;

import java.util.Arrays;

/** The radices into which a transform of a size is split. */
final class Factors {
  private Factors() {}

  /** Fours first, then primes in ascending order; their product is {@code size}. */
  static int[] of(int size) {
    int[] found = new int[32];
    int count = 0;
    int rest = size;
    while (rest % 4 == 0) {
      found[count++] = 4;
      rest /= 4;
    }
    for (int prime = 2; rest > 1; prime++) {
      while (rest % prime == 0) {
        found[count++] = prime;
        rest /= prime;
      }
    }
    return Arrays.copyOf(found, count);
  }
}
