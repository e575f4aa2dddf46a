package org.vocalise.eval.embedding;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.inference.FeatureNetwork;

/*
 * Schmid, Koutini, Widmer, "Efficient large-scale audio tagging via transformer-to-CNN knowledge
 * distillation", 2023: MobileNetV3 of width 0.4, trained on AudioSet.
 */

/**
 * EfficientAT mn04: the mean of the last features, 384 values, over each second without overlap.
 * The mel is that of the whole recording; the frames behind the last whole second are dropped, and
 * a recording of fewer than 31681 samples at 32 kHz (0.99 s) has no vector. Thread-safe.
 */
public final class EfficientAtEmbedding implements Embedding {
  /** Name in options and reports. */
  public static final String NAME = "efficientat-mn04";

  private static final int BATCH = 8;
  private static final int DIMENSIONS = 384;
  private static final int FRAMES = 100;

  private final FeatureNetwork network;

  private EfficientAtEmbedding(FeatureNetwork network) {
    this.network = network;
  }

  /**
   * Opens a model on the processor.
   *
   * @throws org.vocalise.dsp.io.InputException if the file is no mn04 of ours
   */
  public static EfficientAtEmbedding open(Path model) throws IOException {
    return new EfficientAtEmbedding(
        FeatureNetwork.open(model, NAME, "mel", "embedding", DIMENSIONS));
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int sampleRate() {
    return EfficientAtFrontEnd.SAMPLE_RATE;
  }

  @Override
  public int dimensions() {
    return DIMENSIONS;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("weights_sha256", network.weightsSha256());
    settings.put("sample_rate", EfficientAtFrontEnd.SAMPLE_RATE);
    settings.put("window_samples", 32_000);
    settings.put("hop_samples", 32_000);
    settings.put("output", "mean of the last features over time and frequency");
    settings.put("onnxruntime", network.runtimeVersion());
    return settings;
  }

  @Override
  public float[] embed(Waveform signal) throws IOException, InterruptedException {
    float[] mel = EfficientAtFrontEnd.mel(Windows.requireRate(signal, this).samples());
    int bands = EfficientAtFrontEnd.BANDS;
    int windows = mel.length / bands / FRAMES;
    float[] input = new float[windows * bands * FRAMES];
    for (int w = 0; w < windows; w++) {
      for (int t = 0; t < FRAMES; t++) {
        for (int band = 0; band < bands; band++) {
          input[(w * bands + band) * FRAMES + t] = mel[(w * FRAMES + t) * bands + band];
        }
      }
    }
    return network.run(input, windows, BATCH, bands, FRAMES);
  }

  @Override
  public void close() {
    network.close();
  }
}
