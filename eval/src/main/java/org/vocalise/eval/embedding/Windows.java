package org.vocalise.eval.embedding;

import org.vocalise.dsp.audio.Waveform;

/** What every embedding asks of the signals that it cuts into windows. Thread-safe. */
final class Windows {
  private Windows() {}

  /** The signal, if it has the embedding's rate. */
  static Waveform requireRate(Waveform signal, Embedding embedding) {
    if (signal.sampleRate() != embedding.sampleRate()) {
      throw new IllegalArgumentException(
          "%s takes %d Hz, not %d: resample first"
              .formatted(embedding.name(), embedding.sampleRate(), signal.sampleRate()));
    }
    return signal;
  }
}
