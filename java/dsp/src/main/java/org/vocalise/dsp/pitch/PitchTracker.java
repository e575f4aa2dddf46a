package org.vocalise.dsp.pitch;

import java.io.IOException;
import java.util.Map;
import org.vocalise.dsp.audio.Waveform;

/** Finds the fundamental frequency of a signal over time. Implementations are thread-safe. */
public interface PitchTracker extends AutoCloseable {
  /** Samples per second of the signals that are taken. */
  int sampleRate();

  /** Name and settings that decide the track, in a fixed order, as a report records them. */
  Map<String, Object> settings();

  /**
   * Tracks a whole signal.
   *
   * @throws IllegalArgumentException if the signal has another sample rate
   * @throws InterruptedException if the thread is interrupted
   */
  PitchTrack track(Waveform signal) throws IOException, InterruptedException;

  @Override
  default void close() {}
}
