package org.vocalise.eval.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What looks like a mistake in a pair, in words for the report. The thresholds are those of {@code
 * docs/protocols.md}. Thread-safe.
 */
final class Mistakes {
  /** Levels this far apart are flagged, in dB. */
  static final double LEVEL_DB = 3;

  /** A shift of so many samples is flagged. */
  static final int SHIFT = 32;

  /** Below this level a recording is silent, in dB of full scale (RMS). */
  static final double SILENCE_DB = -60;

  /** Lengths that differ by a larger share of the reference's are flagged. */
  static final double LENGTH_SHARE = 0.01;

  /** F0 that is this far off is flagged, in semitones. */
  static final double SEMITONES = 4;

  /** Under this correlation of envelopes the synthesis is hardly that of its reference. */
  static final double UNLIKE = 0.3;

  /** Samples of this size, so many in a row, are clipped. */
  static final float FULL_SCALE = 32_766 / 32_768f;

  private static final int CLIPPED_RUN = 3;

  private static final int[] COMMON_RATES = {
    8000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000
  };

  private final int sampleRate;
  private final List<String> flags = new ArrayList<>();

  private Mistakes(int sampleRate) {
    this.sampleRate = sampleRate;
  }

  /** All flags of a pair, the files' own warnings among them. */
  static List<String> of(LoadedPair loaded, Map<String, Double> scores)
      throws InterruptedException {
    Mistakes mistakes = new Mistakes(loaded.pair().reference().sampleRate());
    mistakes.files(loaded);
    mistakes.lengths(loaded);
    mistakes.levels(loaded);
    Double semitones = scores.get("log2f0_mean");
    if (semitones != null && semitones > SEMITONES) {
      mistakes.flag(
          "log2f0_mean is %.1f semitones: a wrong sample rate, octave errors, or another song",
          semitones);
    }
    return List.copyOf(mistakes.flags);
  }

  private void files(LoadedPair loaded) {
    Recording reference = loaded.reference();
    Recording synthesis = loaded.synthesis();
    reference.warnings().forEach(flags::add);
    synthesis.warnings().forEach(flags::add);
    if (reference.sha256().equals(synthesis.sha256())) {
      flag("the synthesis is its reference: the files are identical");
    } else if (reference.signal().sampleRate() == synthesis.signal().sampleRate()
        && Arrays.equals(reference.signal().samples(), synthesis.signal().samples())) {
      flag("the synthesis is its reference: all samples are equal");
    }
    if (synthesis.signal().sampleRate() != sampleRate) {
      flag(
          "the synthesis has %d Hz, not %d: it was resampled",
          synthesis.signal().sampleRate(), sampleRate);
    }
    if (reference.signal().sampleRate() < sampleRate) {
      flag(
          "the reference has %d Hz, less than %d: it holds nothing above %d Hz",
          reference.signal().sampleRate(), sampleRate, reference.signal().sampleRate() / 2);
    }
    channels("reference", reference);
    channels("synthesis", synthesis);
  }

  private void channels(String what, Recording recording) {
    if (recording.channels() > 1) {
      flag("the %s has %d channels: they were averaged", what, recording.channels());
    }
    int clipped = clipped(recording.signal().samples());
    if (clipped > 0) {
      flag("the %s is clipped: %d samples at full scale", what, clipped);
    }
  }

  /** Samples at full scale in runs of three or more. */
  private static int clipped(float[] samples) {
    int clipped = 0;
    int run = 0;
    for (float sample : samples) {
      run = Math.abs(sample) >= FULL_SCALE ? run + 1 : 0;
      if (run == CLIPPED_RUN) {
        clipped += CLIPPED_RUN;
      } else if (run > CLIPPED_RUN) {
        clipped++;
      }
    }
    return clipped;
  }

  private void lengths(LoadedPair loaded) {
    int reference = loaded.referenceLength();
    int synthesis = loaded.synthesisLength();
    if (Math.abs(synthesis - reference) <= LENGTH_SHARE * reference) {
      return;
    }
    flag(
        "the synthesis lasts %.2f s, the reference %.2f s, %.1f %% apart%s",
        synthesis / (double) sampleRate,
        reference / (double) sampleRate,
        100.0 * Math.abs(synthesis - reference) / reference,
        rates(synthesis / (double) reference));
  }

  /** Names two common sample rates of this ratio: one may have been written for the other. */
  private static String rates(double ratio) {
    for (int one : COMMON_RATES) {
      for (int other : COMMON_RATES) {
        if (one != other && Math.abs(ratio * other / one - 1) < 0.005) {
          return ", as %d to %d: was a wrong sample rate written?".formatted(one, other);
        }
      }
    }
    return "";
  }

  private void levels(LoadedPair loaded) throws InterruptedException {
    float[] reference = loaded.pair().reference().samples();
    float[] synthesis = loaded.pair().synthesis().samples();
    double referenceLevel = level(reference);
    double synthesisLevel = level(synthesis);
    boolean silentReference = silent("reference", referenceLevel);
    boolean silentSynthesis = silent("synthesis", synthesisLevel);
    if (silentReference || silentSynthesis) {
      return;
    }
    double difference = synthesisLevel - referenceLevel;
    if (Math.abs(difference) >= LEVEL_DB) {
      flag(
          "the synthesis is %.1f dB %s than the reference",
          Math.abs(difference), difference > 0 ? "louder" : "softer");
    }
    shift(Lag.between(reference, synthesis));
  }

  private void shift(Lag lag) {
    if (lag.correlation() >= Lag.TRUSTED && Math.abs(Math.round(lag.samples())) >= SHIFT) {
      flag(
          "the synthesis is about %d samples (%.1f ms) %s",
          Math.round(Math.abs(lag.samples())),
          1000 * Math.abs(lag.samples()) / sampleRate,
          lag.samples() > 0 ? "late" : "early");
    } else if (lag.correlation() > 0 && lag.correlation() < UNLIKE) {
      flag(
          "the synthesis hardly follows its reference (correlation of envelopes %.2f): is it the"
              + " right file?",
          lag.correlation());
    }
  }

  private boolean silent(String what, double level) {
    if (level >= SILENCE_DB) {
      return false;
    }
    if (level == Double.NEGATIVE_INFINITY) {
      flag("the %s is silent: it holds zeros only", what);
    } else {
      flag("the %s is silent: its level is %.0f dBFS", what, level);
    }
    return true;
  }

  /** RMS in dB of full scale. */
  private static double level(float[] samples) {
    double sum = 0;
    for (float sample : samples) {
      sum += (double) sample * sample;
    }
    return sum == 0 ? Double.NEGATIVE_INFINITY : 10 * StrictMath.log10(sum / samples.length);
  }

  @SuppressWarnings("AnnotateFormatMethod") // that annotation would be a dependency
  private void flag(String format, Object... values) {
    flags.add(String.format(Locale.ROOT, format, values));
  }
}
