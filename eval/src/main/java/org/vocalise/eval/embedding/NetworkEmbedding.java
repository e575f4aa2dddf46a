package org.vocalise.eval.embedding;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.inference.FeatureNetwork;

/**
 * An embedding by an ONNX network: a vector for each window of a recording, without overlap. What
 * is left behind the last whole window has none. Thread-safe.
 */
public final class NetworkEmbedding implements Embedding {
  /** Name of VGGish in options and reports. */
  public static final String VGGISH = "vggish";

  /** Name of EfficientAT mn04 in options and reports. */
  public static final String EFFICIENTAT = "efficientat-mn04";

  /**
   * What differs between networks.
   *
   * @param input name of the network's input, {@code [batch, rows, columns]}
   * @param output what the vectors are, in words
   * @param batch windows at a time; VGGish reads its dense layers, 268 MB, once for each batch, and
   *     takes a seventh longer with 8
   * @param windows makes the input of all whole windows of a recording
   */
  private record Kind(
      String name,
      String input,
      int rows,
      int columns,
      int dimensions,
      String output,
      int sampleRate,
      int windowSamples,
      int batch,
      UnaryOperator<float[]> windows) {}

  private static final Kind VGGISH_KIND =
      new Kind(
          VGGISH,
          "patches",
          VggishFrontEnd.PATCH_FRAMES,
          VggishFrontEnd.BANDS,
          128,
          "before the last ReLU, no PCA",
          VggishFrontEnd.SAMPLE_RATE,
          15_360,
          32,
          VggishFrontEnd::patches);

  private static final Kind EFFICIENTAT_KIND =
      new Kind(
          EFFICIENTAT,
          "mel",
          EfficientAtFrontEnd.BANDS,
          EfficientAtFrontEnd.WINDOW_FRAMES,
          384,
          "mean of the last features over time and frequency",
          EfficientAtFrontEnd.SAMPLE_RATE,
          32_000,
          8,
          EfficientAtFrontEnd::windows);

  private final Kind kind;
  private final FeatureNetwork network;

  private NetworkEmbedding(Kind kind, Path model) throws IOException {
    this.kind = kind;
    network = FeatureNetwork.open(model, kind.name(), kind.input(), "embedding", kind.dimensions());
  }

  /**
   * VGGish on the processor, as torchvggish runs it without its last ReLU, PCA and quantisation:
   * the scale of published Frechet audio distances (with that ReLU a distance of 7.0 becomes 2.7).
   * 128 values for each 0.96 s; a recording of fewer than 15600 samples at 16 kHz (0.975 s) has
   * none. Source: Hershey et al., "CNN architectures for large-scale audio classification", 2017.
   *
   * @throws org.vocalise.dsp.io.InputException if the file is no VGGish of ours
   */
  public static NetworkEmbedding vggish(Path model) throws IOException {
    return new NetworkEmbedding(VGGISH_KIND, model);
  }

  /**
   * EfficientAT mn04 on the processor: the mean of the last features, 384 values for each second.
   * The mel is that of the whole recording; one of fewer than 31681 samples at 32 kHz (0.99 s) has
   * no vector. Source: Schmid, Koutini, Widmer, "Efficient large-scale audio tagging via
   * transformer-to-CNN knowledge distillation", 2023: MobileNetV3 of width 0.4, trained on
   * AudioSet.
   *
   * @throws org.vocalise.dsp.io.InputException if the file is no mn04 of ours
   */
  public static NetworkEmbedding efficientAt(Path model) throws IOException {
    return new NetworkEmbedding(EFFICIENTAT_KIND, model);
  }

  @Override
  public String name() {
    return kind.name();
  }

  @Override
  public int sampleRate() {
    return kind.sampleRate();
  }

  @Override
  public int dimensions() {
    return kind.dimensions();
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("weights_sha256", network.weightsSha256());
    settings.put("sample_rate", kind.sampleRate());
    settings.put("window_samples", kind.windowSamples());
    settings.put("hop_samples", kind.windowSamples());
    settings.put("output", kind.output());
    settings.put("onnxruntime", network.runtimeVersion());
    return settings;
  }

  @Override
  public float[] embed(Waveform signal) throws IOException, InterruptedException {
    float[] windows = kind.windows().apply(Windows.requireRate(signal, this).samples());
    int count = windows.length / (kind.rows() * kind.columns());
    return network.run(windows, count, kind.batch(), kind.rows(), kind.columns());
  }

  @Override
  public void close() {
    network.close();
  }
}
