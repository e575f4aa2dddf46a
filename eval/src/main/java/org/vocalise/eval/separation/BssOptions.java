package org.vocalise.eval.separation;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which BSS Eval. The named ones are those that papers print.
 *
 * @param criterion what counts as distortion
 * @param windowSeconds length of the windows that are scored; infinite for the whole recording
 * @param hopSeconds from window to window
 * @param filtersPerWindow whether each window has its own distortion filters (v3) or all share
 *     those of the whole recording (v4)
 * @param permutations whether estimates are assigned to sources by the best mean SIR
 * @param regularised whether machine epsilon is added to the diagonal, as museval does and mir_eval
 *     does not
 * @param taps length of the distortion filters
 */
public record BssOptions(
    Criterion criterion,
    double windowSeconds,
    double hopSeconds,
    boolean filtersPerWindow,
    boolean permutations,
    boolean regularised,
    int taps) {

  /** What counts as distortion. */
  public enum Criterion {
    /** A filter of 512 taps on the source is forgiven ({@code bss_eval_sources}). */
    SOURCES,
    /** Gain, delay and filter count as spatial distortion ({@code bss_eval_images}). */
    IMAGES
  }

  /** Length of the filters in all published forms. */
  public static final int TAPS = 512;

  private static final double WHOLE = Double.POSITIVE_INFINITY;

  /** mir_eval's {@code bss_eval_sources} (BSS Eval v3), permutations tried. */
  public static final BssOptions SOURCES_V3 =
      new BssOptions(Criterion.SOURCES, WHOLE, WHOLE, false, true, false, TAPS);

  /** mir_eval's {@code bss_eval_images} (BSS Eval v3), permutations tried. */
  public static final BssOptions IMAGES_V3 =
      new BssOptions(Criterion.IMAGES, WHOLE, WHOLE, false, true, false, TAPS);

  /** museval's {@code evaluate} (BSS Eval v4): images, windows of 1 s, filters of the whole. */
  public static final BssOptions MUSEVAL_V4 =
      new BssOptions(Criterion.IMAGES, 1, 1, false, false, true, TAPS);

  /** museval with {@code mode="v3"}: filters of each window. */
  public static final BssOptions MUSEVAL_V3 =
      new BssOptions(Criterion.IMAGES, 1, 1, true, false, true, TAPS);

  /** The options as a report names them. */
  public Map<String, Object> definition() {
    Map<String, Object> definition = new LinkedHashMap<>();
    definition.put("criterion", criterion.name());
    definition.put("window_seconds", Double.isInfinite(windowSeconds) ? "all" : windowSeconds);
    definition.put("hop_seconds", Double.isInfinite(windowSeconds) ? "all" : hopSeconds);
    definition.put("filters", filtersPerWindow ? "of each window (v3)" : "of the whole (v4)");
    definition.put("permutations", permutations);
    definition.put("regularised", regularised);
    definition.put("taps", taps);
    return definition;
  }
}
