package org.vocalise.eval.run;

import java.util.LinkedHashMap;
import java.util.Map;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.resample.ResamplerKernel;
import org.vocalise.eval.embedding.EmbeddingInput;
import org.vocalise.eval.frechet.FrechetScoring;

/**
 * The protocol that we recommend: reference and synthesis go the same way, through one good
 * resampler and no rounding, and everything is taken from the signals that the metrics compare.
 */
public final class CleanProtocol implements Protocol {
  /** Where lengths differ by less than this share of the reference's, the longer one is cut. */
  static final double CUT_SHARE = 0.01;

  private final int sampleRate;
  private final RateConversions conversions = new RateConversions(ResamplerKernel.KAISER);

  /** Compares at a sample rate, the one of the vocoders' mels. */
  public CleanProtocol(int sampleRate) {
    this.sampleRate = sampleRate;
  }

  @Override
  public String name() {
    return "clean";
  }

  @Override
  public Map<String, Object> definition() {
    Map<String, Object> definition = new LinkedHashMap<>();
    definition.put("name", name());
    definition.put("sample_rate", sampleRate);
    definition.put("channels", "mean");
    definition.put("resampler", conversions.description());
    definition.put(
        "lengths",
        "cut to the shorter; where they differ by more than 1 % of the reference's, the"
            + " reference's, with zeros for what is missing");
    definition.put("tracker_input", "compared signal, the reference whole; same resampler");
    definition.put("embedding_signal", "at sample_rate, of its own length");
    definition.put("embedding_input", EmbeddingInput.CLEAN.settings());
    return definition;
  }

  @Override
  public int sampleRate() {
    return sampleRate;
  }

  @Override
  public Waveform prepare(Waveform signal) {
    return conversions.convert(signal, sampleRate);
  }

  @Override
  public int length(int reference, int synthesis) {
    boolean close = Math.abs(synthesis - reference) <= CUT_SHARE * reference;
    return close ? Math.min(reference, synthesis) : reference;
  }

  @Override
  public boolean tracksWholeReference() {
    return true;
  }

  @Override
  public Waveform forTracker(Waveform prepared, int rate) {
    return conversions.convert(prepared, rate);
  }

  @Override
  public Waveform forEmbedding(Recording recording, int rate) {
    return EmbeddingInput.CLEAN.prepare(prepare(recording.signal()), rate);
  }

  @Override
  public FrechetScoring.Means means() {
    return FrechetScoring.Means.DOUBLE;
  }
}
