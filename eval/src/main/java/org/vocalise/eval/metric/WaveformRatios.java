package org.vocalise.eval.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.eval.separation.BssEval;
import org.vocalise.eval.separation.BssOptions;
import org.vocalise.eval.separation.Track;

/**
 * Ratios of signal to error of the waveforms themselves. A vocoder's phase is free, so that they
 * say little about vocoders; they are for copy synthesis, codecs and separation.
 */
public final class WaveformRatios {
  private static final double EPSILON = 1e-8;

  private WaveformRatios() {}

  /**
   * {@code si_sdr} in dB (Le Roux et al. 2019) as auraloss 0.4.0's {@code SISDRLoss} has it: means
   * removed, a = <x, y> / (|y|^2 + 1e-8), x the synthesis, and 10 log10(|a y|^2 / (|x - a y|^2 +
   * 1e-8) + 1e-8).
   */
  public static Metric siSdr() {
    return new PairScore(
        "si_sdr",
        Map.of("value", "auraloss 0.4.0 SISDRLoss, sign turned: scale forgiven, means removed; dB"),
        pair -> siSdr(pair.synthesis().samples(), pair.reference().samples()));
  }

  /**
   * {@code sdr_global} in dB, the ratio of the Music Demixing Challenge 2021: 10 log10(|y|^2 / |x -
   * y|^2); a gain or a delay counts as error.
   */
  public static Metric global() {
    return new PairScore(
        "sdr_global",
        Map.of("value", "10 log10(|y|^2 / |x - y|^2), nothing forgiven; dB"),
        pair -> global(pair.synthesis().samples(), pair.reference().samples()));
  }

  /**
   * {@code sdr} in dB, BSS Eval v3 with one source ({@link BssOptions#SOURCES_V3}): what a filter
   * of 512 taps makes of the reference is forgiven. With one source SAR is the same number and SIR
   * is infinite; for more sources see {@link BssEval}.
   */
  public static Metric sdr() {
    BssEval eval = new BssEval(BssOptions.SOURCES_V3);
    return new PairScore(
        "sdr",
        BssOptions.SOURCES_V3.definition(),
        pair -> {
          PairScore.requireSound(pair.reference().samples(), "the reference");
          PairScore.requireSound(pair.synthesis().samples(), "the synthesis");
          List<Track> reference = List.of(track("reference", pair.reference()));
          List<Track> synthesis = List.of(track("synthesis", pair.synthesis()));
          return Objects.requireNonNull(eval.score(reference, synthesis).windows().get(0))
              .get(0)
              .sdr();
        });
  }

  private static Track track(String name, Waveform waveform) {
    return Track.of(name, waveform.sampleRate(), List.of(waveform.samples()));
  }

  private static double siSdr(float[] x, float[] y) throws UndefinedScoreException {
    double meanX = mean(x);
    double meanY = mean(y);
    double cross = 0;
    double energy = 0;
    for (int i = 0; i < x.length; i++) {
      cross += (x[i] - meanX) * (y[i] - meanY);
      energy += (y[i] - meanY) * (y[i] - meanY);
    }
    double gain = cross / (energy + EPSILON);
    double error = 0;
    for (int i = 0; i < x.length; i++) {
      double difference = x[i] - meanX - gain * (y[i] - meanY);
      error += difference * difference;
    }
    requireRatio(energy, gain, x, y);
    return 10 * StrictMath.log10(gain * gain * energy / (error + EPSILON) + EPSILON);
  }

  private static double global(float[] x, float[] y) throws UndefinedScoreException {
    double energy = 0;
    double error = 0;
    for (int i = 0; i < x.length; i++) {
      double difference = (double) x[i] - y[i];
      energy += (double) y[i] * y[i];
      error += difference * difference;
    }
    requireRatio(energy, 1, x, y);
    return 10 * StrictMath.log10(energy / error);
  }

  private static double mean(float[] samples) {
    double sum = 0;
    for (float sample : samples) {
      sum += sample;
    }
    return sum / samples.length;
  }

  private static void requireRatio(double energy, double gain, float[] x, float[] y)
      throws UndefinedScoreException {
    if (energy == 0) {
      throw new UndefinedScoreException("the reference is silent");
    }
    if (gain == 0) {
      throw new UndefinedScoreException("nothing of the reference is in the synthesis");
    }
    if (Arrays.equals(x, y)) {
      throw new UndefinedScoreException("the synthesis is the reference");
    }
  }
}
