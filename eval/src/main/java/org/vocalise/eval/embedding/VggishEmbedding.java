package org.vocalise.eval.embedding;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.inference.FeatureNetwork;

/*
 * Hershey et al., "CNN architectures for large-scale audio classification", 2017, as torchvggish
 * runs it without its last ReLU, PCA and quantisation: the scale of published Frechet audio
 * distances. With that ReLU a distance of 7.0 becomes 2.7.
 */

/**
 * VGGish: a vector of 128 values for each 0.96 s, without overlap. A recording of fewer than 15600
 * samples (0.975 s) at 16 kHz has none. Thread-safe.
 */
public final class VggishEmbedding implements Embedding {
  /** Name in options and reports. */
  public static final String NAME = "vggish";

  private static final int BATCH = 8;
  private static final int DIMENSIONS = 128;
  private static final int PATCH = VggishFrontEnd.PATCH_FRAMES * VggishFrontEnd.BANDS;

  private final FeatureNetwork network;

  private VggishEmbedding(FeatureNetwork network) {
    this.network = network;
  }

  /**
   * Opens a model on the processor.
   *
   * @throws org.vocalise.dsp.io.InputException if the file is no VGGish of ours
   */
  public static VggishEmbedding open(Path model) throws IOException {
    return new VggishEmbedding(
        FeatureNetwork.open(model, NAME, "patches", "embedding", DIMENSIONS));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int sampleRate() {
    return VggishFrontEnd.SAMPLE_RATE;
  }

  @Override
  public int dimensions() {
    return DIMENSIONS;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("weights_sha256", network.weightsSha256());
    settings.put("sample_rate", VggishFrontEnd.SAMPLE_RATE);
    settings.put("window_samples", 15_360);
    settings.put("hop_samples", 15_360);
    settings.put("output", "before the last ReLU, no PCA");
    settings.put("onnxruntime", network.runtimeVersion());
    return settings;
  }

  @Override
  public float[] embed(Waveform signal) throws IOException, InterruptedException {
    float[] patches = VggishFrontEnd.patches(Windows.requireRate(signal, this).samples());
    return network.run(
        patches, patches.length / PATCH, BATCH, VggishFrontEnd.PATCH_FRAMES, VggishFrontEnd.BANDS);
  }

  @Override
  public void close() {
    network.close();
  }
}
