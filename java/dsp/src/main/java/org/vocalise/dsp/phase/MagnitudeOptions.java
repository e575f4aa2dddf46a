package org.vocalise.dsp.phase;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What decides the output of {@link MagnitudeVocoder}.
 *
 * @param phases how phases are found; its {@code inversion}, {@code harmonics} and {@code fill}
 *     have no meaning
 * @param fill how far, in ln, magnitudes above the mel's highest frequency are moved to the level
 *     that the highest bands suggest, 0 to 1: of that band a mel says nothing, and a network only
 *     knows what it was in other recordings
 * @param texture roughness given to magnitudes above 1 kHz that are smooth over frequency, as those
 *     of breath and not of harmonics are, relative to that of noise; a network that learned by
 *     differences of logarithms estimates the medians of noise, which are too smooth to be any
 *     signal's
 */
public record MagnitudeOptions(GriffinLimOptions phases, double fill, double texture) {
  /** What measured best within half of the time that the default of Griffin-Lim takes. */
  public static final MagnitudeOptions DEFAULT = new MagnitudeOptions(phases(0.9, 0.9), 0.75, 0.7);

  /** For magnitudes as a signal has them: neither moved nor roughened. */
  public static final MagnitudeOptions TRUE_MAGNITUDES =
      new MagnitudeOptions(phases(0.99, 0), 0, 0);

  /** Checks the ranges. */
  public MagnitudeOptions {
    if (!(fill >= 0 && fill <= 1)) {
      throw new IllegalArgumentException("fill " + fill + " is not in 0 to 1");
    }
    if (!(texture >= 0 && texture <= 1)) {
      throw new IllegalArgumentException("texture " + texture + " is not in 0 to 1");
    }
  }

  /** The settings by name, in a fixed order, as a manifest names them. */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("iterations", phases.iterations());
    map.put("momentum", phases.momentum());
    map.put("start", phases.start().name().toLowerCase(java.util.Locale.ROOT));
    map.put("consistency", phases.consistency());
    map.put("fill", fill);
    map.put("texture", texture);
    map.put("seed", phases.seed());
    return map;
  }

  private static GriffinLimOptions phases(double momentum, double consistency) {
    return new GriffinLimOptions(
        8,
        momentum,
        GriffinLimOptions.Start.PGHI,
        GriffinLimOptions.Inversion.SMOOTH,
        false,
        consistency,
        false,
        0);
  }
}
