package org.vocalise.dsp.resample;

/**
 * Changes the sample rate of signals by a polyphase filter. Output sample m lies at time m / to,
 * input sample k at k / from; beyond its ends the signal is 0. Results do not depend on how a
 * signal is cut into blocks. Immutable: one instance serves all threads.
 *
 * <p>Where the reduced ratio has few phases, the table holds the exact weights of each. Else (44101
 * to 22050 Hz has 22050 phases) the weights are interpolated linearly between the rows of a finer
 * table, an error of less than -120 dB, so that the table never exceeds some megabytes.
 */
public final class Resampler {
  /** Rates outside this range are refused, so that a hostile header can't ask for huge filters. */
  public static final int LOWEST_RATE = 1000;

  /** The highest rate that is accepted. */
  public static final int HIGHEST_RATE = 768_000;

  private static final int LARGEST_EXACT_TABLE = 1 << 21;
  private static final int FINE_PHASES = 4096;

  private final int fromRate;
  private final int toRate;
  private final ResamplerKernel kernel;

  /** Rates divided by their greatest common divisor. */
  private final int from;

  private final int to;

  /** Taps before, and not including, the input sample at or before the output's position. */
  private final int before;

  private final int taps;
  private final boolean exact;

  /** Rows of the table; in the interpolated case one more row stands for the next sample. */
  private final int phases;

  /** Weights, row-major {@code [phases][taps]}. */
  private final float[] weights;

  /**
   * Computes the filter.
   *
   * @param fromRate rate of the input, Hz
   * @param toRate rate of the output, Hz
   * @throws IllegalArgumentException if a rate is outside 1000 to 768000 Hz
   */
  public Resampler(int fromRate, int toRate, ResamplerKernel kernel) {
    requireRate(fromRate);
    requireRate(toRate);
    this.fromRate = fromRate;
    this.toRate = toRate;
    this.kernel = kernel;
    int divisor = greatestCommonDivisor(fromRate, toRate);
    from = fromRate / divisor;
    to = toRate / divisor;
    if (from == to) {
      before = 0;
      taps = 1;
      exact = true;
      phases = 1;
      weights = new float[] {1};
      return;
    }
    WindowedSinc filter = kernel.filter(from, to);
    before = (int) Math.ceil(filter.reach());
    taps = 2 * before + 2;
    exact = (long) to * taps <= LARGEST_EXACT_TABLE;
    phases = exact ? to : (int) Math.ceil(FINE_PHASES * Math.min(1.0, to / (double) from));
    int rows = exact ? phases : phases + 1;
    weights = new float[rows * taps];
    for (int row = 0; row < rows; row++) {
      long base = exact ? (long) row * from / to : 0;
      for (int tap = 0; tap < taps; tap++) {
        long place = base - before + tap;
        weights[row * taps + tap] =
            (float)
                (exact
                    ? kernel.weight(filter, place, row, from, to)
                    : filter.at(place - row / (double) phases));
      }
    }
  }

  private static void requireRate(int rate) {
    if (rate < LOWEST_RATE || rate > HIGHEST_RATE) {
      throw new IllegalArgumentException(
          "sample rate "
              + rate
              + " Hz can't be converted: it is not "
              + LOWEST_RATE
              + " to "
              + HIGHEST_RATE
              + " Hz");
    }
  }

  private static int greatestCommonDivisor(int a, int b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }

  /** Rate of the input in Hz. */
  public int fromRate() {
    return fromRate;
  }

  /** Rate of the output in Hz. */
  public int toRate() {
    return toRate;
  }

  /** The filter. */
  public ResamplerKernel kernel() {
    return kernel;
  }

  /** Number of output samples of {@code length} input samples: ceil(length x to / from). */
  public long outputLength(long length) {
    // length x to may exceed a long; whole groups of from samples give to each.
    return length / from * to + ceilDivide(length % from * to, from);
  }

  private static long ceilDivide(long dividend, long divisor) {
    return (dividend + divisor - 1) / divisor;
  }

  /** Resamples a whole signal; the same rate gives a copy. */
  public float[] resample(float[] signal) {
    float[] output = new float[Math.toIntExact(outputLength(signal.length))];
    float[] padded = new float[before + signal.length + taps];
    System.arraycopy(signal, 0, padded, before, signal.length);
    compute(padded, -before, 0, output, 0, output.length);
    return output;
  }

  /** Index of the first input sample that an output sample needs; below 0 at the beginning. */
  long firstInput(long output) {
    return output / to * from + output % to * from / to - before;
  }

  /** Number of consecutive input samples that an output sample needs. */
  int taps() {
    return taps;
  }

  /**
   * Computes consecutive output samples.
   *
   * @param input holds every input sample that they need, zeros beyond the ends of the signal
   * @param inputStart index, in the signal, of {@code input[0]}
   * @param first index of the first output sample
   */
  void compute(float[] input, long inputStart, long first, float[] target, int offset, int count) {
    long phase = first % to;
    long group = first / to * from;
    for (int i = 0; i < count; i++) {
      long advance = phase * from;
      int place = (int) (group + advance / to - before - inputStart);
      target[offset + i] =
          exact
              ? dot((int) phase * taps, input, place)
              : interpolate(advance % to / (double) to, input, place);
      phase++;
      if (phase == to) {
        phase = 0;
        group += from;
      }
    }
  }

  private float interpolate(double fraction, float[] input, int place) {
    double position = fraction * phases;
    int row = (int) position;
    float weight = (float) (position - row);
    float low = dot(row * taps, input, place);
    float high = dot((row + 1) * taps, input, place);
    return low + weight * (high - low);
  }

  /** Four sums in turn: the processor can add to one while the others are under way. */
  private float dot(int row, float[] input, int place) {
    float sum0 = 0;
    float sum1 = 0;
    float sum2 = 0;
    float sum3 = 0;
    int tap = 0;
    for (; tap < taps - 3; tap += 4) {
      sum0 += weights[row + tap] * input[place + tap];
      sum1 += weights[row + tap + 1] * input[place + tap + 1];
      sum2 += weights[row + tap + 2] * input[place + tap + 2];
      sum3 += weights[row + tap + 3] * input[place + tap + 3];
    }
    for (; tap < taps; tap++) {
      sum0 += weights[row + tap] * input[place + tap];
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }
}
