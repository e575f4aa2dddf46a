package org.vocalise.inference;

/** Where a model runs. */
public sealed interface Device {
  /** The first GPU where CUDA can start, else the processor. */
  record Auto() implements Device {
    @Override
    public String toString() {
      return "auto";
    }
  }

  /** The processor. */
  record Cpu() implements Device {
    @Override
    public String toString() {
      return "cpu";
    }
  }

  /**
   * An NVIDIA GPU.
   *
   * @param index its number, from 0 on
   */
  record Cuda(int index) implements Device {
    @Override
    public String toString() {
      return "cuda:" + index;
    }
  }

  /**
   * Reads {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:N}.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  static Device parse(String text) {
    if (text.equals("auto")) {
      return new Auto();
    }
    if (text.equals("cpu")) {
      return new Cpu();
    }
    if (text.equals("cuda")) {
      return new Cuda(0);
    }
    if (text.matches("cuda:\\d{1,3}")) {
      return new Cuda(Integer.parseInt(text.substring(5)));
    }
    throw new IllegalArgumentException(
        "device is '" + text + "', not auto, cpu or cuda:N with N from 0 on");
  }
}
