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

  /** The script's pitch tracker. */
  public static final String TRACKER = "crepe-medium";

  /** The script's embedding. */
  public static final String EMBEDDING = "vggish";

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
