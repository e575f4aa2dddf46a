package org.vocalise.eval.metric;

import java.util.ArrayList;
import java.util.List;
import org.vocalise.dsp.mel.MelSpec;

/** The metrics that a scoring run prints, in the order of a report. */
public final class StandardMetrics {
  private StandardMetrics() {}

  /**
   * Metrics for pairs at a spec's sample rate.
   *
   * @param spec of the mels that the vocoders were given: {@code mel_l1} is taken in it, and its
   *     fmax parts {@code m_stft_below} from {@code m_stft_above}
   */
  public static List<Metric> of(MelSpec spec) {
    return of(spec, false);
  }

  /**
   * Metrics for pairs at a spec's sample rate.
   *
   * @param terms whether the terms of each resolution of {@code m_stft} follow it
   */
  public static List<Metric> of(MelSpec spec, boolean terms) {
    int rate = spec.sampleRate();
    MultiResolutionStft mStft = new MultiResolutionStft(rate, spec.fMax());
    List<Metric> metrics = new ArrayList<>();
    metrics.add(mStft.metric());
    metrics.add(mStft.below());
    if (spec.fMax() < rate / 2.0) {
      metrics.add(mStft.above());
    }
    if (terms) {
      metrics.addAll(mStft.terms());
    }
    metrics.add(MultiScaleSpectra.metric(rate));
    metrics.add(MelL1.metric(spec));
    metrics.add(LogSpectralDistance.metric(rate));
    metrics.addAll(PitchScores.all());
    return List.copyOf(metrics);
  }

  /** Ratios of the waveforms, for copy synthesis, codecs and separation: not for vocoders. */
  public static List<Metric> waveform() {
    return List.of(WaveformRatios.siSdr(), WaveformRatios.sdr(), WaveformRatios.global());
  }
}
