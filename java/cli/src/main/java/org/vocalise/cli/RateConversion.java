package org.vocalise.cli;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.vocalise.dsp.audio.AudioSource;
import org.vocalise.dsp.io.InputException;
import org.vocalise.dsp.resample.ResampledSource;
import org.vocalise.dsp.resample.Resampler;
import org.vocalise.dsp.resample.ResamplerKernel;

/** Brings recordings of any rate to one rate; filters are computed once. Thread-safe. */
final class RateConversion {
  private final int rate;
  private final ResamplerKernel kernel;
  private final Map<Integer, Resampler> resamplers = new ConcurrentHashMap<>();

  RateConversion(int rate, ResamplerKernel kernel) {
    this.rate = rate;
    this.kernel = kernel;
  }

  /** What converts, in words. */
  String description() {
    return kernel.description();
  }

  /**
   * The recording at the wanted rate; itself where it has that rate.
   *
   * @throws InputException if its rate is not one of audio
   */
  AudioSource of(Path file, AudioSource recording) throws InputException {
    int from = recording.sampleRate();
    if (from == rate) {
      return recording;
    }
    int lower = Math.min(from, rate);
    int higher = Math.max(from, rate);
    if (lower < Resampler.LOWEST_RATE || higher > Resampler.HIGHEST_RATE) {
      throw new InputException(
          file,
          "can't be converted from %d to %d Hz: both must lie within %d to %d Hz"
              .formatted(from, rate, Resampler.LOWEST_RATE, Resampler.HIGHEST_RATE));
    }
    return new ResampledSource(
        recording, resamplers.computeIfAbsent(from, source -> new Resampler(source, rate, kernel)));
  }
}
