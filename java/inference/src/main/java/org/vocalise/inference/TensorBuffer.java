package org.vocalise.inference;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Memory outside the heap that ONNX Runtime reads from and writes to without a copy, used again for
 * tensors of any shape. Not thread-safe.
 */
final class TensorBuffer implements AutoCloseable {
  private FloatBuffer memory = allocate(0);
  private @Nullable OnnxTensor tensor;
  private long[] shape = {};

  /** Direct buffers must be told the byte order; without it ONNX Runtime gets garbage, silently. */
  private static FloatBuffer allocate(int floats) {
    return ByteBuffer.allocateDirect(Math.multiplyExact(4, floats))
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  /** A tensor of this shape over the memory, which grows if it must. */
  OnnxTensor tensor(long... newShape) throws IOException {
    if (tensor != null && Arrays.equals(shape, newShape)) {
      return tensor;
    }
    long floats = 1;
    for (long size : newShape) {
      floats = Math.multiplyExact(floats, size);
    }
    close();
    if (floats > memory.capacity()) {
      memory = allocate(Math.toIntExact(floats));
    }
    try {
      tensor =
          OnnxTensor.createTensor(
              OnnxRuntime.environment(), memory.slice(0, (int) floats), newShape);
      shape = newShape.clone();
      return tensor;
    } catch (OrtException e) {
      throw new IOException("tensor of shape " + Arrays.toString(newShape) + ": " + e, e);
    }
  }

  /** The values, row-major in the tensor's shape. */
  FloatBuffer values() {
    return memory;
  }

  /** Frees the tensor; the memory stays for the next one. */
  @Override
  public void close() {
    if (tensor != null) {
      tensor.close();
      tensor = null;
    }
  }
}
