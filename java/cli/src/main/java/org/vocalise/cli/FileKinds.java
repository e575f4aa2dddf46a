package org.vocalise.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.vocalise.cli.batch.FileKind;
import org.vocalise.cli.batch.Inputs;
import org.vocalise.cli.batch.Plan;
import org.vocalise.cli.batch.UsageException;
import picocli.CommandLine.TypeConversionException;

/** What commands read. */
final class FileKinds {
  /** Recordings. */
  static final FileKind AUDIO =
      new FileKind(List.of(".wav", ".flac"), "convert other formats, for instance with ffmpeg");

  /** Mel spectrograms. */
  static final FileKind MEL =
      new FileKind(List.of(".npy"), "'vocalise mel' makes mels of recordings");

  private FileKinds() {}

  /** The files that a command makes of what it was given. */
  static Plan plan(List<Path> given, String output, FileKind from, String to) throws IOException {
    Path target = target(output);
    return Plan.of(Inputs.collect(given, from, target), output, from, to);
  }

  private static Path target(String output) {
    try {
      return new PathConverter().convert(output);
    } catch (TypeConversionException e) {
      throw new UsageException("-o: " + e.getMessage());
    }
  }
}
