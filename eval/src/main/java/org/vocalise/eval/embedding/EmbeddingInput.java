package org.vocalise.eval.embedding;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.resample.Resampler;
import org.vocalise.dsp.resample.ResamplerKernel;

/**
 * How a recording is brought to the rate of an embedding. The path decides the vectors: other
 * resamplers move published distances.
 *
 * @param kernel of the resampler
 * @param removeMean whether the mean of the whole file is taken off first
 * @param shortestSeconds zeros are appended to shorter recordings, after resampling
 */
public record EmbeddingInput(ResamplerKernel kernel, boolean removeMean, double shortestSeconds) {
  /** Flat to 0.913 of the lower Nyquist frequency, no offset, nothing appended. */
  public static final EmbeddingInput CLEAN = new EmbeddingInput(ResamplerKernel.KAISER, true, 0);

  /** As the homework's {@code fad.py}: torchaudio's function, zeros up to 2 s. */
  public static final EmbeddingInput NTU =
      new EmbeddingInput(ResamplerKernel.SINC_HANN_SINGLE, true, 2);

  /**
   * Prepares a recording.
   *
   * @param recording of any rate; not changed
   * @param sampleRate of the embedding
   * @throws IllegalArgumentException if the recording's rate can't be converted
   */
  public Waveform prepare(Waveform recording, int sampleRate) {
    float[] samples = recording.samples();
    if (removeMean) {
      samples = withoutMean(samples);
    }
    if (recording.sampleRate() != sampleRate) {
      samples = new Resampler(recording.sampleRate(), sampleRate, kernel).resample(samples);
    }
    int shortest = (int) Math.round(shortestSeconds * sampleRate);
    if (samples.length < shortest) {
      samples = Arrays.copyOf(samples, shortest);
    }
    return new Waveform(samples, sampleRate);
  }

  private static float[] withoutMean(float[] samples) {
    double sum = 0;
    for (float sample : samples) {
      sum += sample;
    }
    float mean = (float) (sum / Math.max(1, samples.length));
    float[] centred = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      centred[i] = samples[i] - mean;
    }
    return centred;
  }

  /** All that decides the prepared signal, in a fixed order, as a report names it. */
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("resampler", kernel.description());
    settings.put("file_mean_removed", removeMean);
    settings.put("zeros_appended_up_to_seconds", shortestSeconds);
    return settings;
  }
}
