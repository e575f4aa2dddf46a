package org.vocalise.inference;

import ai.onnxruntime.OnnxTensor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tensors of one chunk of a vocoder, whose memory the next chunk uses again. */
final class ChunkBuffers implements AutoCloseable {
  private final ModelMetadata metadata;
  private final TensorBuffer mel = new TensorBuffer();
  private final Map<String, TensorBuffer> outputs = new LinkedHashMap<>();

  ChunkBuffers(ModelMetadata metadata) {
    this.metadata = metadata;
    for (String name : metadata.output().outputs()) {
      outputs.put(name, new TensorBuffer());
    }
  }

  /** The input {@code [1, bands, frames]}. */
  OnnxTensor mel(int frames) throws IOException {
    return mel.tensor(1, metadata.spec().bands(), frames);
  }

  /** Memory of the input. */
  FloatBuffer melValues() {
    return mel.values();
  }

  /** All outputs, in the shapes that they have for so many frames. */
  Map<String, OnnxTensor> outputs(int frames) throws IOException {
    Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, TensorBuffer> output : outputs.entrySet()) {
      TensorBuffer buffer = output.getValue();
      tensors.put(
          output.getKey(),
          metadata.output() == OutputKind.AUDIO
              ? buffer.tensor(1, (long) frames * metadata.samplesPerFrame())
              : buffer.tensor(1, bins(), frames));
    }
    return tensors;
  }

  /** Bins of a spectrum. */
  int bins() {
    InverseStft inverse = metadata.inverseStft();
    return inverse == null ? metadata.spec().bins() : inverse.bins();
  }

  /** Copies an output's first {@code count} values. */
  void get(String output, float[] target, int count) {
    TensorBuffer buffer = outputs.get(output);
    if (buffer == null) {
      throw new IllegalArgumentException("no output " + output);
    }
    buffer.values().get(0, target, 0, count);
  }

  @Override
  public void close() {
    mel.close();
    outputs.values().forEach(TensorBuffer::close);
  }
}
