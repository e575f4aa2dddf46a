package org.vocalise.inference;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.io.InputException;
import org.vocalise.dsp.pitch.PitchTrack;
import org.vocalise.dsp.pitch.PitchTracker;

/*
 * Kim, Salamon, Li, Bello, "CREPE: a convolutional representation for pitch estimation", 2018, with
 * framing, normalisation and decoding of its authors' package: 1024 samples at 16 kHz every 10 ms,
 * centred, mean 0 and population deviation 1; 360 bins of 20 cents; a Viterbi path, and around it
 * the mean of the bins weighted by their activations.
 */

/**
 * CREPE, a pitch tracker by a network in an ONNX file ({@code frames [batch, 1024]} to {@code
 * activation [batch, 360]}). Every frame gets a frequency of 31.7 to 2006 Hz, whether something is
 * sung or not: the confidence, the largest activation, tells. Needs 2 kB a frame while it works.
 * Thread-safe.
 */
public final class CrepeTracker implements PitchTracker {
  /** Samples per second of the signals that are taken. */
  public static final int SAMPLE_RATE = 16_000;

  /** Number of pitch bins. */
  public static final int BINS = 360;

  private static final int FRAME = 1024;
  private static final int HOP = 160;
  private static final int BATCH = 128;
  private static final int NEIGHBOURS = 4;
  private static final double LOWEST_CENTS = 1997.379408437619;
  private static final double CENTS_PER_BIN = 20;

  private final OnnxModel model;
  private final OnnxFile file;
  private final PitchViterbi viterbi = new PitchViterbi(BINS);

  private CrepeTracker(OnnxModel model, OnnxFile file) {
    this.model = model;
    this.file = file;
  }

  /**
   * Opens a model on the processor.
   *
   * @throws InputException if the file is no CREPE that {@code python -m vocalise_train convert}
   *     made
   */
  public static CrepeTracker open(Path path) throws IOException {
    OnnxFile file = OnnxFile.read(path);
    if (!"crepe".equals(file.metadata().get("vocalise.architecture"))) {
      throw new InputException(
          path, "is no CREPE of ours: make one with 'vocalise models add crepe-tiny'");
    }
    OnnxModel model = OnnxModel.open(path, new Device.Cpu());
    try {
      check(model, model.inputs(), "frames", FRAME);
      check(model, model.outputs(), "activation", BINS);
      return new CrepeTracker(model, file);
    } catch (IOException | RuntimeException e) {
      model.close();
      throw e;
    }
  }

  private static void check(OnnxModel model, Map<String, NodeInfo> nodes, String name, int width)
      throws IOException {
    NodeInfo node = nodes.get(name);
    if (node == null
        || !(node.getInfo() instanceof TensorInfo info)
        || info.getShape().length != 2
        || info.getShape()[1] != width) {
      throw new InputException(
          model.file(), "has no " + name + " [batch, " + width + "]; convert it again");
    }
  }

  @Override
  public int sampleRate() {
    return SAMPLE_RATE;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("tracker", file.metadata().getOrDefault("vocalise.name", "crepe"));
    settings.put(
        "weights_sha256", file.metadata().getOrDefault("vocalise.weights_sha256", "unknown"));
    settings.put("decoder", "viterbi");
    settings.put("onnxruntime", OnnxRuntime.version());
    return settings;
  }

  @Override
  public PitchTrack track(Waveform signal) throws IOException, InterruptedException {
    return decode(activations(signal));
  }

  /** The track that activations {@code [frames][360]} say. */
  public PitchTrack decode(float[] activations) {
    int frames = activations.length / BINS;
    int[] observed = new int[frames];
    double[] confidence = new double[frames];
    for (int t = 0; t < frames; t++) {
      int loudest = 0;
      for (int bin = 1; bin < BINS; bin++) {
        loudest = activations[t * BINS + bin] > activations[t * BINS + loudest] ? bin : loudest;
      }
      observed[t] = loudest;
      confidence[t] = activations[t * BINS + loudest];
    }
    int[] path = viterbi.path(observed);
    double[] hz = new double[frames];
    for (int t = 0; t < frames; t++) {
      hz[t] = frequency(activations, t * BINS, path[t]);
    }
    return new PitchTrack(hz, confidence, HOP / (double) SAMPLE_RATE);
  }

  /** The mean of the bins around one, weighted by their activations, in Hz; 0 without any. */
  static double frequency(float[] activations, int offset, int bin) {
    int from = Math.max(0, bin - NEIGHBOURS);
    int to = Math.min(BINS, bin + NEIGHBOURS + 1);
    double sum = 0;
    double weights = 0;
    for (int k = from; k < to; k++) {
      double weight = activations[offset + k];
      sum += weight * (LOWEST_CENTS + CENTS_PER_BIN * k);
      weights += weight;
    }
    return weights > 0 ? 10 * StrictMath.pow(2, sum / weights / 1200) : 0;
  }

  /**
   * What the network says of each frame.
   *
   * @param signal at 16 kHz; its level does not matter
   * @return activations in [0, 1], row-major {@code [1 + samples / 160][360]}
   */
  public float[] activations(Waveform signal) throws IOException, InterruptedException {
    if (signal.sampleRate() != SAMPLE_RATE) {
      throw new IllegalArgumentException(
          "CREPE takes " + SAMPLE_RATE + " Hz, not " + signal.sampleRate() + ": resample first");
    }
    int frames = 1 + signal.samples().length / HOP;
    float[] activations = new float[Math.multiplyExact(frames, BINS)];
    float[] input = new float[BATCH * FRAME];
    float[] output = new float[BATCH * BINS];
    try (TensorBuffer in = new TensorBuffer();
        TensorBuffer out = new TensorBuffer()) {
      for (int first = 0; first < frames; first += BATCH) {
        int count = Math.min(BATCH, frames - first);
        for (int i = 0; i < count; i++) {
          cut(signal.samples(), first + i, input, i * FRAME);
        }
        OnnxTensor batch = in.tensor(count, FRAME);
        in.values().put(0, input, 0, count * FRAME);
        Map<String, OnnxTensor> result = Map.of("activation", out.tensor(count, BINS));
        model.start(Map.of("frames", batch), result).await();
        out.values().get(0, output, 0, count * BINS);
        requireFinite(output, count * BINS, first);
        System.arraycopy(output, 0, activations, first * BINS, count * BINS);
      }
    }
    return activations;
  }

  private void requireFinite(float[] values, int count, int first) throws InputException {
    for (int i = 0; i < count; i++) {
      if (Float.isNaN(values[i])) {
        throw new InputException(
            model.file(),
            "activation, frame " + (first + i / BINS),
            "NaN: the model's weights are damaged, or the signal holds NaN");
      }
    }
  }

  /** Copies a frame, centred on sample 160 t, with a mean of 0 and a deviation of 1. */
  static void cut(float[] samples, int t, float[] target, int offset) {
    int start = t * HOP - FRAME / 2;
    int from = Math.max(0, -start);
    int to = Math.max(from, Math.min(FRAME, samples.length - start));
    Arrays.fill(target, offset, offset + FRAME, 0);
    if (to > from) {
      System.arraycopy(samples, start + from, target, offset + from, to - from);
    }
    double sum = 0;
    for (int i = 0; i < FRAME; i++) {
      sum += target[offset + i];
    }
    double mean = sum / FRAME;
    double squares = 0;
    for (int i = 0; i < FRAME; i++) {
      double centred = target[offset + i] - mean;
      squares += centred * centred;
    }
    double deviation = Math.max(1e-8, Math.sqrt(squares / FRAME));
    for (int i = 0; i < FRAME; i++) {
      target[offset + i] = (float) ((target[offset + i] - mean) / deviation);
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
