package org.vocalise.eval.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A metric in words for a page.
 *
 * @param key of the metric
 * @param title short name
 * @param unit empty where there is none
 * @param better which end of its scale is the good one
 * @param decimals digits behind the point
 * @param meaning one sentence for people who don't know it
 */
record MetricText(
    String key, String title, String unit, Better better, int decimals, String meaning) {
  /** Which end of a scale is the good one. */
  enum Better {
    LOW("lower is better"),
    HIGH("higher is better"),
    UNKNOWN("no better end known");

    final String words;

    Better(String words) {
      this.words = words;
    }
  }

  private static final String M_STFT_TERM = "m_stft_";

  /** Key under which a leaderboard ranks by the distance of the sets. */
  static final String FRECHET = "frechet";

  private static final Map<String, MetricText> KNOWN = new LinkedHashMap<>();

  static {
    known("m_stft", "M-STFT", "", Better.LOW, 3, "Distance of spectra at three resolutions.");
    known("m_stft_below", "M-STFT below", "", Better.LOW, 3, "M-STFT of the band that mels hold.");
    known("m_stft_above", "M-STFT above", "", Better.LOW, 3, "M-STFT of the band above the mels.");
    known(
        "mss",
        "MSSTFT",
        "",
        Better.LOW,
        2,
        "Multi-scale spectral distance of Wu et al. 2022, with logarithms.");
    known("mel_l1", "Mel L1", "", Better.LOW, 3, "Mean distance of logarithmic mel values.");
    known("lsd", "LSD", "log10", Better.LOW, 3, "Log-spectral distance; times 10 in dB.");
    known(
        "log2f0_mean",
        "log2 F0",
        "semitones",
        Better.LOW,
        3,
        "Mean distance in pitch where the reference is sung with certainty.");
    known("f0_mae_cents", "F0 error", "cents", Better.LOW, 1, "Mean distance in pitch.");
    known(
        "f0_median_cents",
        "F0 median",
        "cents",
        Better.LOW,
        2,
        "Median distance in pitch: few slips by an octave do not move it.");
    known(
        "f0_rmse_cents",
        "F0 RMSE",
        "cents",
        Better.LOW,
        1,
        "Root of the mean square distance in pitch: large slips weigh more.");
    known(
        "f0_off_50_cents",
        "F0 off",
        "share",
        Better.LOW,
        4,
        "Share of frames that are off by more than half a semitone.");
    known(
        "vuv_f1",
        "Voicing F1",
        "",
        Better.HIGH,
        4,
        "How well sung and unsung frames agree, 0 to 1.");
    known(
        "periodicity_error",
        "Periodicity error",
        "",
        Better.LOW,
        4,
        "Distance in how clearly a pitch is heard.");
    known(
        FRECHET,
        "Frechet distance",
        "",
        Better.LOW,
        4,
        "How far all recordings together lie from all references.");
    known("si_sdr", "SI-SDR", "dB", Better.HIGH, 2, "Signal to distortion, blind to loudness.");
    known("sdr", "SDR", "dB", Better.HIGH, 2, "Signal to distortion.");
    known("sdr_global", "Global SDR", "dB", Better.HIGH, 2, "Signal to error, nothing forgiven.");
    known("sir", "SIR", "dB", Better.HIGH, 2, "Signal to interference.");
    known("sar", "SAR", "dB", Better.HIGH, 2, "Signal to artifacts.");
  }

  private static void known(
      String key, String title, String unit, Better better, int decimals, String meaning) {
    KNOWN.put(key, new MetricText(key, title, unit, better, decimals, meaning));
  }

  /** The words of a metric; one that is not known here goes by its key. */
  static MetricText of(String key) {
    MetricText known = KNOWN.get(key);
    if (known != null) {
      return known;
    }
    if (key.startsWith(M_STFT_TERM)) {
      String term = key.substring(M_STFT_TERM.length()).replace('_', ' ');
      return new MetricText(key, "M-STFT " + term, "", Better.LOW, 3, "A term of M-STFT.");
    }
    return new MetricText(key, key, "", Better.UNKNOWN, 4, "");
  }

  /** Those keys first that are known, in the usual order, then the others as they come. */
  static List<MetricText> ordered(Iterable<String> keys) {
    Map<String, MetricText> found = new LinkedHashMap<>();
    keys.forEach(key -> found.put(key, of(key)));
    List<MetricText> ordered = new ArrayList<>();
    KNOWN.keySet().stream().filter(found::containsKey).map(MetricText::of).forEach(ordered::add);
    found.values().stream().filter(text -> !KNOWN.containsKey(text.key())).forEach(ordered::add);
    return ordered;
  }

  /** A score as it is printed. */
  String format(double score) {
    return String.format(Locale.ROOT, "%." + decimals + "f", score + 0.0);
  }

  /** Negative where {@code a} is better, positive where {@code b} is, 0 where neither is. */
  int compare(double a, double b) {
    return switch (better) {
      case LOW -> Double.compare(a, b);
      case HIGH -> Double.compare(b, a);
      case UNKNOWN -> 0;
    };
  }

  /** Title and unit. */
  String heading() {
    return unit.isEmpty() ? title : title + ", " + unit;
  }
}
