package org.vocalise.dsp.vocoder;

import java.io.IOException;
import java.util.Map;
import org.vocalise.dsp.mel.MelSource;
import org.vocalise.dsp.mel.MelSpec;

/**
 * Makes a waveform of a mel spectrogram. Implementations are safe for use by several threads at
 * once: each call has its own working memory, which does not grow with the length of the mel.
 */
public interface Vocoder extends AutoCloseable {
  /** The only spec whose mels are taken. */
  MelSpec spec();

  /** Name and settings that decide the output, in a fixed order, as a manifest records them. */
  Map<String, Object> settings();

  /**
   * Synthesises a whole mel: exactly hop x frames samples at the spec's rate, aligned with the
   * recording that the mel was made of. The same mel gives the same samples, on any thread.
   *
   * @throws IOException if the mel can't be read or the samples can't be written
   * @throws InterruptedException if the thread is interrupted; what was passed on stays incomplete
   */
  void vocode(MelSource mel, SampleSink sink) throws IOException, InterruptedException;

  @Override
  default void close() {}
}
