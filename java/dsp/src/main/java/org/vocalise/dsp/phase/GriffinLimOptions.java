package org.vocalise.dsp.phase;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What decides the output of {@link GriffinLim}.
 *
 * @param iterations passes over the frames after the start
 * @param momentum 0 for classic Griffin-Lim; 0.99 for the accelerated form
 * @param start phases to begin with
 * @param inversion how magnitudes are found from the mel
 * @param harmonics whether voiced frames get the harmonics of the pitch heard in a first pass; only
 *     with {@link Inversion#SMOOTH}
 * @param consistency share of the signal's own magnitudes, against the estimate, that each
 *     iteration corrects towards the mel and aims at; 0 keeps the estimate
 * @param fill whether the band above the mel's highest frequency, of which the mel says nothing, is
 *     extrapolated instead of left silent; only with {@link Inversion#SMOOTH}
 * @param seed of random phases and of the texture of noise
 */
public record GriffinLimOptions(
    int iterations,
    double momentum,
    Start start,
    Inversion inversion,
    boolean harmonics,
    double consistency,
    boolean fill,
    long seed) {

  /** Phases to begin with. */
  public enum Start {
    /** Phase gradient heap integration. */
    PGHI,
    /** Uniform random phases. */
    RANDOM,
    /** Zero phases. */
    ZERO
  }

  /** How magnitudes are found from the mel. */
  public enum Inversion {
    /** Interpolated envelope, then multiplicative correction towards the mel. */
    SMOOTH,
    /** Least squares with non-negative values. */
    NNLS,
    /** Pseudo-inverse of the filter bank, negative values set to zero. */
    PINV
  }

  /** The settings that measured best: see docs/griffin-lim.md. */
  public static final GriffinLimOptions DEFAULT =
      new GriffinLimOptions(16, 0.99, Start.PGHI, Inversion.SMOOTH, true, 0.8, true, 0);

  /** The textbook: random phases, magnitudes by non-negative least squares, nothing filled. */
  public static GriffinLimOptions classic(int iterations) {
    return new GriffinLimOptions(iterations, 0, Start.RANDOM, Inversion.NNLS, false, 0, false, 0);
  }

  /** Checks the ranges. */
  public GriffinLimOptions {
    if (iterations < 0 || iterations > 100_000) {
      throw new IllegalArgumentException("iterations " + iterations + " is not in 0 to 100000");
    }
    if (!(momentum >= 0 && momentum <= 1)) {
      throw new IllegalArgumentException("momentum " + momentum + " is not in 0 to 1");
    }
    if (!(consistency >= 0 && consistency <= 1)) {
      throw new IllegalArgumentException("consistency " + consistency + " is not in 0 to 1");
    }
    if (inversion != Inversion.SMOOTH && (harmonics || fill)) {
      throw new IllegalArgumentException("harmonics and fill need the inversion SMOOTH");
    }
  }

  /** Names and values in a fixed order, as a manifest records them. */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("iterations", iterations);
    map.put("momentum", momentum);
    map.put("start", start.name().toLowerCase(java.util.Locale.ROOT));
    map.put("inversion", inversion.name().toLowerCase(java.util.Locale.ROOT));
    map.put("harmonics", harmonics);
    map.put("consistency", consistency);
    map.put("fill", fill);
    map.put("seed", seed);
    return map;
  }
}
