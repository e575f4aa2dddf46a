package org.vocalise.eval.run;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.resample.ResamplerKernel;
import org.vocalise.eval.embedding.EmbeddingInput;
import org.vocalise.eval.frechet.FrechetScoring;

/**
 * The homework's script, step by step: three ways of resampling, zeros at the end of the shorter
 * signal, samples of 16 bits for the pitch tracker. To 22050 Hz the script uses soxr's HQ, whose
 * place our Kaiser filter takes; files at 22050 Hz pass unchanged in both.
 */
public final class NtuProtocol implements Protocol {
  /** Name in reports. */
  public static final String NAME = "ntu";

  private static final String TRACKER = "crepe-medium";
  private static final String EMBEDDING = "vggish";
  private static final String CURE = ": 'vocalise models add %1$s', then --%2$s %1$s";

  private static final int SAMPLE_RATE = 22_050;
  private static final float FULL_SCALE = 32_768;

  private final RateConversions loading = new RateConversions(ResamplerKernel.KAISER);
  private final RateConversions torchaudio = new RateConversions(ResamplerKernel.SINC_HANN);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Map<String, Object> definition() {
    Map<String, Object> definition = new LinkedHashMap<>();
    definition.put("name", name());
    definition.put("sample_rate", SAMPLE_RATE);
    definition.put("channels", "mean; first for the embedding");
    definition.put("resampler", loading.description() + " for soxr_hq");
    definition.put("lengths", "zeros at the end of the shorter");
    definition.put(
        "tracker_input",
        "compared signal, resampled by "
            + torchaudio.description()
            + ", int16 truncated, wrapping");
    definition.put("embedding_signal", "the file at its own rate");
    definition.put("embedding_input", EmbeddingInput.NTU.settings());
    return definition;
  }

  @Override
  public Map<String, Object> otherThanNamed(String tracker, String embedding) {
    Map<String, Object> others = new LinkedHashMap<>();
    if (!tracker.equals(TRACKER)) {
      String figure = tracker.startsWith("crepe") ? "that of " + tracker : "null";
      others.put(
          "log2f0_mean",
          figure
              + ", since the tracker is "
              + tracker
              + " and the script's CREPE medium"
              + CURE.formatted(TRACKER, "tracker"));
    }
    if (!embedding.equals(EMBEDDING)) {
      others.put(
          "FAD",
          "null, since the embedding is "
              + embedding
              + " and the script's VGGish"
              + CURE.formatted(EMBEDDING, "embedding"));
    }
    return others;
  }

  @Override
  public int sampleRate() {
    return SAMPLE_RATE;
  }

  @Override
  public Waveform prepare(Waveform signal) {
    return loading.convert(signal, SAMPLE_RATE);
  }

  @Override
  public int length(int reference, int synthesis) {
    return Math.max(reference, synthesis);
  }

  @Override
  public boolean tracksWholeReference() {
    return false;
  }

  /** In 16 bits as a cast of C makes them: towards zero, and beyond full scale it wraps. */
  @Override
  public Waveform forTracker(Waveform prepared, int sampleRate) {
    float[] samples = torchaudio.convert(prepared, sampleRate).samples();
    float[] rounded = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      rounded[i] = (short) (int) (samples[i] * FULL_SCALE) / FULL_SCALE;
    }
    return new Waveform(rounded, sampleRate);
  }

  @Override
  public Waveform forEmbedding(Recording recording, int sampleRate) throws IOException {
    return EmbeddingInput.NTU.prepare(recording.firstChannel(), sampleRate);
  }

  @Override
  public FrechetScoring.Means means() {
    return FrechetScoring.Means.FLOAT;
  }
}
