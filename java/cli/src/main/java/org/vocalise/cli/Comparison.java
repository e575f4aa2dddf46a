package org.vocalise.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.vocalise.cli.batch.OutputFile;
import org.vocalise.dsp.picture.SpectrogramPicture;

/** Pictures of files, with the files' names as titles. */
final class Comparison {
  private Comparison() {}

  /** One spectrogram. */
  static BufferedImage single(Spectrogram spectrogram, Path file) throws IOException {
    return SpectrogramPicture.of(spectrogram.columns(spectrogram.frames()), title(file));
  }

  /** The first frames of two spectrograms of the same kind and rate, and their difference. */
  static BufferedImage of(Spectrogram a, Path fileA, Spectrogram b, Path fileB, long frames)
      throws IOException {
    return SpectrogramPicture.comparison(
        a.columns(frames), title(fileA), b.columns(frames), title(fileB));
  }

  /** Writes a picture as PNG, whole or not at all. */
  static void write(BufferedImage picture, Path target, boolean overwrite)
      throws IOException, InterruptedException {
    OutputFile.write(
        target,
        overwrite,
        temporary -> {
          try (OutputStream stream = Files.newOutputStream(temporary)) {
            SpectrogramPicture.write(picture, stream);
          }
          return target;
        });
  }

  private static String title(Path file) {
    return file.getFileName().toString();
  }
}
