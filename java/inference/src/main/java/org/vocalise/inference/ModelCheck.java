package org.vocalise.inference;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.vocalise.dsp.io.InputException;

/** Compares the inputs and outputs of a model with what its metadata promise. Thread-safe. */
final class ModelCheck {
  /** Name of the only input. */
  static final String INPUT = "mel";

  private static final long ANY = -1;

  private ModelCheck() {}

  /**
   * Checks names, types and shapes.
   *
   * @throws InputException if one is another than schema 1 says
   */
  static void check(OnnxModel model, ModelMetadata metadata) throws IOException {
    Map<String, NodeInfo> inputs = model.inputs();
    if (inputs.size() != 1) {
      throw unfit(model, "inputs " + inputs.keySet() + ", and schema 1 has one, " + INPUT);
    }
    tensor(model, "input", inputs, INPUT, ANY, metadata.spec().bands(), ANY);
    Map<String, NodeInfo> outputs = model.outputs();
    String kind = metadata.output().name().toLowerCase(Locale.ROOT);
    if (outputs.size() != metadata.output().outputs().size()) {
      throw unfit(
          model,
          "outputs "
              + outputs.keySet()
              + ", and kind "
              + kind
              + " has "
              + metadata.output().outputs());
    }
    InverseStft inverse = metadata.inverseStft();
    int bins = inverse == null ? metadata.spec().bins() : inverse.bins();
    for (String name : metadata.output().outputs()) {
      if (metadata.output() == OutputKind.AUDIO) {
        tensor(model, "output", outputs, name, ANY, ANY);
      } else {
        tensor(model, "output", outputs, name, ANY, bins, ANY);
      }
    }
  }

  private static void tensor(
      OnnxModel model, String what, Map<String, NodeInfo> nodes, String name, long... wanted)
      throws InputException {
    NodeInfo node = nodes.get(name);
    if (node == null) {
      throw unfit(model, what + "s " + nodes.keySet() + ", and none is named " + name);
    }
    if (!(node.getInfo() instanceof TensorInfo info) || info.type != OnnxJavaType.FLOAT) {
      throw unfit(model, what + " " + name + " is no tensor of float32");
    }
    long[] shape = info.getShape();
    boolean fits = shape.length == wanted.length;
    for (int i = 0; fits && i < shape.length; i++) {
      // Outputs may leave sizes open that follow from the input's.
      fits = wanted[i] == ANY || shape[i] == ANY || shape[i] == wanted[i];
    }
    if (!fits) {
      throw unfit(
          model,
          what
              + " "
              + name
              + " has shape "
              + Arrays.toString(shape)
              + ", not "
              + Arrays.toString(wanted)
              + " (-1 is any)");
    }
  }

  private static InputException unfit(OnnxModel model, String reason) {
    return new InputException(model.file(), reason + "; export the model again");
  }
}
