package org.vocalise.eval.metric;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.vocalise.eval.spectral.MagnitudeSums;
import org.vocalise.eval.spectral.StftResolution;

/**
 * M-STFT, the multi-resolution STFT distance of Yamamoto et al. 2020 ("Parallel WaveGAN") as
 * auraloss 0.4.0's {@code MultiResolutionSTFTLoss()(synthesis, reference)} computes it with its
 * defaults: for each of three resolutions the spectral convergence plus the mean |ln|X| - ln|Y||,
 * and the mean over the resolutions. X is the synthesis, Y the reference, magnitudes are
 * sqrt(max(|X|^2, 1e-8)). In double precision; a pair at a time, so that lengths of other pairs
 * cannot change a score. A reference of zeros has no score, where auraloss divides by its floor.
 *
 * <p>The same over the bins up to a frequency, and above it, shows what a mel could know and what
 * it could not. All metrics of one instance share one analysis of a pair. Thread-safe.
 */
public final class MultiResolutionStft {
  private final int sampleRate;
  private final double splitHz;
  private final PairMemory<List<List<MagnitudeSums>>> sums = new PairMemory<>(this::analyse);

  /**
   * Prepares for pairs of one sample rate.
   *
   * @param splitHz where the bands below and above part: the fmax of the mel
   */
  public MultiResolutionStft(int sampleRate, double splitHz) {
    this.sampleRate = sampleRate;
    this.splitHz = splitHz;
  }

  /** {@code m_stft}: over all bins. */
  public Metric metric() {
    return mean("m_stft", "all bins", bands -> bands.get(0).plus(bands.get(1)));
  }

  /** {@code m_stft_below}: over the bins up to the split frequency. */
  public Metric below() {
    return mean("m_stft_below", "bins up to " + splitHz + " Hz", bands -> bands.get(0));
  }

  /** {@code m_stft_above}: over the bins above the split frequency. */
  public Metric above() {
    return mean("m_stft_above", "bins above " + splitHz + " Hz", bands -> bands.get(1));
  }

  /**
   * The six terms that {@code m_stft} is made of, like {@code m_stft_1024_sc} (spectral convergence
   * with transforms of 1024) and {@code m_stft_1024_log} (mean log difference).
   */
  public List<Metric> terms() {
    List<Metric> terms = new ArrayList<>();
    for (int i = 0; i < StftResolution.AURALOSS.size(); i++) {
      terms.add(term(i, "sc", "spectral convergence", MagnitudeSums::convergence));
      terms.add(term(i, "log", "mean |ln|X| - ln|Y||", MagnitudeSums::logDifference));
    }
    return terms;
  }

  private List<List<MagnitudeSums>> analyse(Pair pair)
      throws UndefinedScoreException, InterruptedException {
    PairScore.require(pair, sampleRate, 1025);
    // Only the floor would be left to divide by, and one such file would rule the mean of all.
    PairScore.requireSound(pair.reference().samples(), "the reference");
    List<List<MagnitudeSums>> found = new ArrayList<>();
    for (StftResolution resolution : StftResolution.AURALOSS) {
      int split = resolution.firstBinAbove(splitHz, sampleRate);
      found.add(resolution.sums(pair.synthesis().samples(), pair.reference().samples(), split));
    }
    return found;
  }

  private Metric mean(
      String key, String bins, Function<List<MagnitudeSums>, MagnitudeSums> choice) {
    return new PairScore(
        key,
        definition(bins, "mean over resolutions of spectral convergence + mean |ln|X| - ln|Y||"),
        pair -> {
          double sum = 0;
          List<List<MagnitudeSums>> found = sums.of(pair);
          for (List<MagnitudeSums> bands : found) {
            MagnitudeSums chosen = choice.apply(bands);
            if (chosen.values() == 0) {
              throw new UndefinedScoreException("no " + bins + " at " + sampleRate + " Hz");
            }
            sum += chosen.loss();
          }
          return sum / found.size();
        });
  }

  private Metric term(
      int index, String suffix, String what, ToDoubleFunction<MagnitudeSums> value) {
    StftResolution resolution = StftResolution.AURALOSS.get(index);
    return new PairScore(
        "m_stft_" + resolution.nFft() + "_" + suffix,
        definition("all bins", what),
        pair -> {
          List<MagnitudeSums> bands = sums.of(pair).get(index);
          return value.applyAsDouble(bands.get(0).plus(bands.get(1)));
        });
  }

  private Map<String, Object> definition(String bins, String value) {
    Map<String, Object> definition = new LinkedHashMap<>();
    definition.put("as", "auraloss 0.4.0 MultiResolutionSTFTLoss()(synthesis, reference)");
    definition.put("sample_rate", sampleRate);
    definition.put("n_fft", each(StftResolution::nFft));
    definition.put("window", each(StftResolution::windowLength));
    definition.put("hop", each(StftResolution::hop));
    definition.put("magnitude", "sqrt(max(|X|^2, 1e-8)), periodic Hann, centred, mirrored ends");
    definition.put("bins", bins);
    definition.put("value", value);
    definition.put("precision", "float64");
    return definition;
  }

  private static List<Integer> each(Function<StftResolution, Integer> field) {
    return StftResolution.AURALOSS.stream().map(field).toList();
  }
}
