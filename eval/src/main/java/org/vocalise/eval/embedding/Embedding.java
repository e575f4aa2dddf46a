package org.vocalise.eval.embedding;

import java.io.IOException;
import java.util.Map;
import org.vocalise.dsp.audio.Waveform;

/** Describes each window of a recording by a vector. Implementations are thread-safe. */
public interface Embedding extends AutoCloseable {
  /** Name in reports, like {@code vggish} or {@code log-mel}. */
  String name();

  /** Samples per second of the signals that are taken. */
  int sampleRate();

  /** Length of a vector. */
  int dimensions();

  /** All that decides the vectors, in a fixed order, the weights' hash among it. */
  Map<String, Object> settings();

  /**
   * Describes a recording.
   *
   * @return row-major {@code [windows][dimensions]}; a recording shorter than a window is handled
   *     as the embedding's definition says, and may have none
   * @throws IllegalArgumentException if the signal has another sample rate
   * @throws InterruptedException if the thread is interrupted
   */
  float[] embed(Waveform signal) throws IOException, InterruptedException;

  @Override
  default void close() {}
}
