package org.vocalise.eval.run;

import java.io.IOException;
import java.util.Map;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.eval.frechet.FrechetScoring;

/** How recordings are prepared before metrics, trackers and embeddings see them. Thread-safe. */
public sealed interface Protocol permits CleanProtocol, NtuProtocol {
  /** Name in reports. */
  String name();

  /** All that decides the preparation, in a fixed order. */
  Map<String, Object> definition();

  /**
   * Figures of the protocol's own text file that are not what their names say in the script that it
   * repeats: by their keys, what they are, why, and how to get the script's. None where the
   * protocol repeats no script.
   *
   * @param tracker name of the pitch tracker
   * @param embedding name of the embedding, {@code none} where there is none
   */
  default Map<String, Object> otherThanNamed(String tracker, String embedding) {
    return Map.of();
  }

  /** Samples per second of what metrics compare. */
  int sampleRate();

  /** A file's signal at {@link #sampleRate()}, of its own length. */
  Waveform prepare(Waveform signal);

  /**
   * The length of both signals of a pair; a longer one is cut, a shorter one gets zeros at its end.
   *
   * @param reference samples of the prepared reference
   * @param synthesis samples of the prepared synthesis
   */
  int length(int reference, int synthesis);

  /**
   * Whether the reference's track is that of its own length, so that it serves syntheses of any;
   * what lies beyond the synthesis is not compared.
   */
  boolean tracksWholeReference();

  /** What a tracker hears of a signal of a pair. */
  Waveform forTracker(Waveform prepared, int sampleRate);

  /** What an embedding hears of a file. */
  Waveform forEmbedding(Recording recording, int sampleRate) throws IOException;

  /** How means of an embedding's vectors are computed. */
  FrechetScoring.Means means();
}
