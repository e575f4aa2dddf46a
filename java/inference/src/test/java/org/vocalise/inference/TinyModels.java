package org.vocalise.inference;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.vocalise.dsp.mel.MelSpec;

/** Vocoders with random weights and the shapes of real ones, of a few kilobytes to megabytes. */
public final class TinyModels {
  static final int CHUNK = 48;
  private static final int CHANNELS = 16;
  private static final int KERNEL = 5;

  private TinyModels() {}

  /** Writes a model of a kind, with its metadata. */
  public static Path write(Path folder, OutputKind kind) throws IOException {
    return write(folder.resolve(kind + ".onnx"), kind, 1);
  }

  /** Writes a model whose last weights are {@code gain} times those of others. */
  public static Path write(Path file, OutputKind kind, float gain) throws IOException {
    builder(kind, gain).metadata(metadata(kind)).write(file);
    Map<String, String> metadata = metadata(kind);
    metadata.put("vocalise.weights_sha256", OnnxFile.read(file).weightsSha256());
    return builder(kind, gain).metadata(metadata).write(file);
  }

  /** Frames of context that a model needs, the overlap of the inverse transform included. */
  static int context(OutputKind kind) {
    return switch (kind) {
      case AUDIO -> 2 * (KERNEL / 2) + 1;
      case COMPLEX -> 2 * (KERNEL / 2) + 2;
      case MAGNITUDE -> 2 * (KERNEL / 2);
    };
  }

  static Map<String, String> metadata(OutputKind kind) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("vocalise.schema", "1");
    metadata.put("vocalise.name", "tiny-" + kind);
    metadata.put("vocalise.architecture", "tiny");
    metadata.put("vocalise.mel_spec", specJson());
    metadata.put("vocalise.output_kind", kind.name().toLowerCase(java.util.Locale.ROOT));
    if (kind == OutputKind.COMPLEX) {
      metadata.put(
          "vocalise.inverse_stft",
          "{\"nFft\": 1024, \"hop\": 256, \"windowLength\": 1024, \"padding\": \"zero\"}");
    }
    metadata.put("vocalise.context_frames", Integer.toString(context(kind)));
    metadata.put("vocalise.chunk_frames", Integer.toString(CHUNK));
    metadata.put("vocalise.samples_per_frame", "256");
    return metadata;
  }

  static String specJson() {
    return """
        {"sampleRate": 22050, "nFft": 1024, "windowLength": 1024, "hop": 256, "bands": 80,
         "fMin": 0.0, "fMax": 8000.0, "scale": "htk", "norm": "none", "padding": "zero",
         "spectrum": "power", "log": "none", "floor": 0.0}
        """;
  }

  /** The graph without metadata; {@code gain} of NaN makes weights that are damaged. */
  static OnnxBuilder builder(OutputKind kind, float gain) {
    Random random = new Random(7);
    OnnxBuilder model = new OnnxBuilder().input("mel", -1, MelSpec.NTU.bands(), -1);
    String floor = model.floats(new float[] {1e-5f});
    model.node("Max", "clamped", new String[] {"mel", floor}).node("Log", "ln", in("clamped"));
    convolution(model, random, "ln", "a", MelSpec.NTU.bands(), CHANNELS, 0.02f);
    model.node("Tanh", "b", in("a"));
    convolution(model, random, "b", "c", CHANNELS, CHANNELS, 0.3f);
    model.node("Tanh", "d", in("c"));
    switch (kind) {
      case AUDIO -> {
        String weight = model.floats(random(random, CHANNELS * 512, 0.1f * gain), CHANNELS, 1, 512);
        long[] stride = {256};
        long[] pads = {128, 128};
        long[] kernel = {512};
        model.node(
            "ConvTranspose",
            "e",
            new String[] {"d", weight},
            "strides",
            stride,
            "pads",
            pads,
            "kernel_shape",
            kernel);
        model.node("Tanh", "f", in("e"));
        model.node("Squeeze", "audio", new String[] {"f", model.longs(1)});
        model.output("audio", -1, -1);
      }
      case COMPLEX -> {
        pointwise(model, random, "real", gain);
        pointwise(model, random, "imaginary", gain);
      }
      case MAGNITUDE -> {
        pointwise(model, random, "log", gain);
        model.node("Exp", "magnitude", in("log")).output("magnitude", -1, 513, -1);
      }
    }
    return model;
  }

  private static void convolution(
      OnnxBuilder model, Random random, String input, String output, int in, int out, float size) {
    String weight = model.floats(random(random, out * in * KERNEL, size), out, in, KERNEL);
    long half = KERNEL / 2;
    model.node(
        "Conv",
        output,
        new String[] {input, weight},
        "pads",
        new long[] {half, half},
        "kernel_shape",
        new long[] {KERNEL});
  }

  private static void pointwise(OnnxBuilder model, Random random, String name, float gain) {
    String weight = model.floats(random(random, 513 * CHANNELS, gain), 513, CHANNELS, 1);
    model.node("Conv", name, new String[] {"d", weight}, "kernel_shape", new long[] {1});
    if (!name.equals("log")) {
      model.output(name, -1, 513, -1);
    }
  }

  private static String[] in(String name) {
    return new String[] {name};
  }

  private static float[] random(Random random, int count, float size) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = size * (float) random.nextGaussian();
    }
    return values;
  }
}
