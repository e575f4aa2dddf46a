package org.vocalise.eval.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.vocalise.dsp.audio.AudioFileSource;
import org.vocalise.dsp.audio.AudioFiles;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.io.InputException;
import org.vocalise.dsp.io.Sha256;

/**
 * A file's samples at its own rate, the mean of its channels, and what else the file says.
 *
 * @param sha256 of the file's bytes
 * @param warnings of the reader: a file shorter than it declares, for instance
 */
record Recording(Path file, String sha256, Waveform signal, int channels, List<String> warnings) {
  /**
   * Reads a file.
   *
   * @throws InputException if it is damaged or holds no samples
   */
  static Recording read(Path file) throws IOException {
    String sha256 = Sha256.of(file);
    try (AudioFileSource source = AudioFiles.open(file)) {
      Waveform signal = AudioFiles.read(source, file);
      if (signal.samples().length == 0) {
        throw new InputException(file, "holds no samples; make it again");
      }
      return new Recording(file, sha256, signal, source.channels(), source.warnings());
    }
  }

  /** The first channel alone. */
  Waveform firstChannel() throws IOException {
    if (channels == 1) {
      return signal;
    }
    try (AudioFileSource source = AudioFiles.openFirstChannel(file)) {
      return AudioFiles.read(source, file);
    }
  }
}
