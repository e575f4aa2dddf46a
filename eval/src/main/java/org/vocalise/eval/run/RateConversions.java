package org.vocalise.eval.run;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.resample.Resampler;
import org.vocalise.dsp.resample.ResamplerKernel;

/**
 * Brings signals of any rate to any other by one kernel; filters are computed once. Thread-safe.
 */
final class RateConversions {
  private record Rates(int from, int to) {}

  private final ResamplerKernel kernel;
  private final Map<Rates, Resampler> resamplers = new ConcurrentHashMap<>();

  RateConversions(ResamplerKernel kernel) {
    this.kernel = kernel;
  }

  /** The signal at a rate; itself where it has that rate. */
  Waveform convert(Waveform signal, int sampleRate) {
    if (signal.sampleRate() == sampleRate) {
      return signal;
    }
    Resampler resampler =
        resamplers.computeIfAbsent(
            new Rates(signal.sampleRate(), sampleRate),
            rates -> new Resampler(rates.from(), rates.to(), kernel));
    return new Waveform(resampler.resample(signal.samples()), sampleRate);
  }

  String description() {
    return kernel.description();
  }
}
