package org.vocalise.eval.spectral;

/**
 * What the M-STFT of some bins is made of; sums of neighbouring bands add up.
 *
 * @param difference sum of (|X| - |Y|)^2
 * @param energy sum of |Y|^2, the reference's
 * @param log sum of |ln|X| - ln|Y||
 * @param values number of bins x frames
 */
public record MagnitudeSums(double difference, double energy, double log, long values) {
  /** Sums over both. */
  public MagnitudeSums plus(MagnitudeSums other) {
    return new MagnitudeSums(
        difference + other.difference,
        energy + other.energy,
        log + other.log,
        values + other.values);
  }

  /** Spectral convergence, || |Y| - |X| || / || |Y| ||. */
  public double convergence() {
    return Math.sqrt(difference) / Math.sqrt(energy);
  }

  /** Mean of |ln|X| - ln|Y||. */
  public double logDifference() {
    return log / values;
  }

  /** Convergence plus log difference. */
  public double loss() {
    return convergence() + logDifference();
  }
}
