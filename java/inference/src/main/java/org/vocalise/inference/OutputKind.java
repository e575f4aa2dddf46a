package org.vocalise.inference;

import java.util.List;

/** What a vocoder model makes of a mel {@code [batch, bands, frames]}. */
public enum OutputKind {
  /** {@code audio [batch, samples]}, samples per frame x frames of them. */
  AUDIO("audio"),
  /** {@code real} and {@code imaginary [batch, bins, frames]}, for an inverse STFT. */
  COMPLEX("real imaginary"),
  /** {@code magnitude [batch, bins, frames]}, whose phases remain to be found. */
  MAGNITUDE("magnitude");

  private final String outputs;

  OutputKind(String outputs) {
    this.outputs = outputs;
  }

  /** Names of the model's outputs. */
  public List<String> outputs() {
    return List.of(outputs.split(" "));
  }
}
