package org.vocalise.inference;

import ai.onnxruntime.OnnxTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.vocalise.dsp.io.InputException;

/**
 * A network that makes a vector of each of many inputs of one shape, in an ONNX file that {@code
 * python -m vocalise_train convert} wrote. Thread-safe.
 */
public final class FeatureNetwork implements AutoCloseable {
  private final OnnxModel model;
  private final OnnxFile file;
  private final String input;
  private final String output;
  private final int width;

  private FeatureNetwork(OnnxModel model, OnnxFile file, String input, String output, int width) {
    this.model = model;
    this.file = file;
    this.input = input;
    this.output = output;
    this.width = width;
  }

  /**
   * Opens a model on the processor.
   *
   * @param architecture that the file must say it is
   * @param input name of the only input, {@code [batch, ...]}
   * @param output name of the wanted output, {@code [batch, width]}
   * @param width length of a vector
   * @throws InputException if the file is another model
   */
  public static FeatureNetwork open(
      Path path, String architecture, String input, String output, int width) throws IOException {
    OnnxFile file = OnnxFile.read(path);
    if (!architecture.equals(file.metadata().get("vocalise.architecture"))) {
      throw new InputException(
          path,
          "is no %s of ours: make one with 'vocalise models add %s'"
              .formatted(architecture, architecture));
    }
    OnnxModel model = OnnxModel.open(path, new Device.Cpu());
    try {
      if (!model.inputs().containsKey(input) || !model.outputs().containsKey(output)) {
        throw new InputException(
            path, "has no input %s or no output %s; convert it again".formatted(input, output));
      }
      return new FeatureNetwork(model, file, input, output, width);
    } catch (IOException | RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /** Hash over the weights, as the file says. */
  public String weightsSha256() {
    return file.metadata().getOrDefault("vocalise.weights_sha256", "unknown");
  }

  /** Version of ONNX Runtime, which decides the last bits. */
  public String runtimeVersion() {
    return OnnxRuntime.version();
  }

  /**
   * Makes the vectors.
   *
   * @param values row-major {@code [count][shape...]}
   * @param count number of inputs, may be 0
   * @param batch how many go through the network at a time; decides memory, and the last bits
   * @param shape of one input
   * @return row-major {@code [count][width]}
   * @throws InputException if the network makes NaN, by damaged weights or of NaN
   */
  public float[] run(float[] values, int count, int batch, int... shape)
      throws IOException, InterruptedException {
    int size = 1;
    for (int axis : shape) {
      size *= axis;
    }
    float[] vectors = new float[Math.multiplyExact(count, width)];
    try (TensorBuffer in = new TensorBuffer();
        TensorBuffer out = new TensorBuffer()) {
      for (int first = 0; first < count; first += batch) {
        int now = Math.min(batch, count - first);
        long[] full = new long[1 + shape.length];
        full[0] = now;
        for (int axis = 0; axis < shape.length; axis++) {
          full[1 + axis] = shape[axis];
        }
        OnnxTensor tensor = in.tensor(full);
        in.values().put(0, values, first * size, now * size);
        Map<String, OnnxTensor> result = Map.of(output, out.tensor(now, width));
        model.start(Map.of(input, tensor), result).await();
        out.values().get(0, vectors, first * width, now * width);
      }
    }
    for (int i = 0; i < vectors.length; i++) {
      if (Float.isNaN(vectors[i])) {
        throw new InputException(
            model.file(),
            output + ", window " + i / width,
            "NaN: the model's weights are damaged, or the signal holds NaN");
      }
    }
    return vectors;
  }

  @Override
  public void close() {
    model.close();
  }
}
