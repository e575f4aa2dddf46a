package org.vocalise.eval.metric;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vocalise.dsp.mel.MelExtractor;
import org.vocalise.dsp.mel.MelSpec;

/**
 * {@code mel_l1}, the mean |Mx - My| over bands and frames of the mels of a model's own spec, in
 * the spec's logarithm. A spec without one is compared as generators take it: ln(max(M, 1e-5)).
 * Thread-safe.
 */
public final class MelL1 {
  private static final double FLOOR = 1e-5;

  private MelL1() {}

  /** The metric for pairs at the spec's sample rate. */
  public static Metric metric(MelSpec spec) {
    boolean linear = spec.log() == MelSpec.Log.NONE;
    Map<String, Object> definition = new LinkedHashMap<>();
    definition.put("sample_rate", spec.sampleRate());
    definition.put("n_fft", spec.nFft());
    definition.put("window", spec.windowLength());
    definition.put("hop", spec.hop());
    definition.put("bands", spec.bands());
    definition.put("fmin", spec.fMin());
    definition.put("fmax", spec.fMax());
    definition.put("scale", spec.scale().name());
    definition.put("norm", spec.norm().name());
    definition.put("padding", spec.padding().name());
    definition.put("spectrum", spec.spectrum().name());
    definition.put("log", linear ? "LN" : spec.log().name());
    definition.put("floor", linear ? FLOOR : spec.floor());
    definition.put("value", "mean over bands and frames of |Mx - My|");
    return new PairScore(
        "mel_l1",
        definition,
        pair -> {
          PairScore.require(pair, spec.sampleRate(), spec.shortest());
          return distance(spec, pair, linear);
        });
  }

  /** Holds the mel of the reference; that of the synthesis passes by. */
  private static double distance(MelSpec spec, Pair pair, boolean linear) throws IOException {
    MelExtractor extractor = new MelExtractor(spec);
    List<float[]> blocks = new ArrayList<>();
    extractor.extract(
        pair.reference(),
        (values, frames) -> blocks.add(Arrays.copyOf(values, spec.bands() * frames)));
    double[] sum = new double[1];
    Iterator<float[]> next = blocks.iterator();
    long frames =
        extractor.extract(
            pair.synthesis(),
            (values, count) -> {
              float[] reference = next.next();
              for (int i = 0; i < reference.length; i++) {
                sum[0] +=
                    linear ? logarithmic(values[i], reference[i]) : plain(values[i], reference[i]);
              }
            });
    return sum[0] / (frames * spec.bands());
  }

  private static double plain(float x, float y) {
    return Math.abs((double) x - y);
  }

  private static double logarithmic(float x, float y) {
    return Math.abs(StrictMath.log(Math.max(x, FLOOR) / Math.max(y, FLOOR)));
  }
}
