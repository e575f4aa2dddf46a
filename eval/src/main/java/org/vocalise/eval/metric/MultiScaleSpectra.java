package org.vocalise.eval.metric;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vocalise.eval.spectral.PowerDistance;

/**
 * {@code mss}, the multi-scale spectral distance of Wu et al. 2022 ("DDSP-based singing vocoders",
 * eq. 6) as their published code has it: for transforms of 1024, 512, 256 and 128 samples with hops
 * of a quarter, the mean of |Sx - Sy| plus the mean of |log2(Sx + 1e-7) - log2(Sy + 1e-7)| over
 * power spectra S, <b>summed</b> over the scales. They ran it at 24 kHz; scores of different rates
 * must not be compared, which is why the rate is part of the definition. Thread-safe.
 */
public final class MultiScaleSpectra {
  private static final List<Integer> SIZES = List.of(1024, 512, 256, 128);

  private MultiScaleSpectra() {}

  /** The metric for pairs of one sample rate. */
  public static Metric metric(int sampleRate) {
    Map<String, Object> definition = new LinkedHashMap<>();
    definition.put("as", "Wu et al. 2022, eq. 6, in their code's form (run there at 24000 Hz)");
    definition.put("sample_rate", sampleRate);
    definition.put("n_fft", SIZES);
    definition.put("hop", "n_fft / 4");
    definition.put("spectrum", "power, periodic Hann of n_fft, centred, mirrored ends");
    definition.put("value", "sum over n_fft of mean|Sx - Sy| + mean|log2((Sx+1e-7)/(Sy+1e-7))|");
    return new PairScore(
        "mss",
        definition,
        pair -> {
          PairScore.require(pair, sampleRate, SIZES.get(0) / 2 + 1);
          double sum = 0;
          for (int size : SIZES) {
            PowerDistance distance = new PowerDistance(size, size / 4, 1e-7);
            distance.add(pair.synthesis().samples(), pair.reference().samples());
            sum += distance.linear() + distance.log2();
          }
          return sum;
        });
  }
}
