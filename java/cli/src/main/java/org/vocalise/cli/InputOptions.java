package org.vocalise.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.vocalise.cli.batch.Inputs;
import org.vocalise.cli.batch.Plan;

/** Turns what a command was given into a plan of files to make. */
final class InputOptions {
  /** Extensions of audio files. */
  static final List<String> AUDIO = List.of(".wav", ".flac");

  /** Extension of mel files. */
  static final List<String> MEL = List.of(".npy");

  private InputOptions() {}

  /** The plan for inputs with some extensions and outputs with one. */
  static Plan plan(List<Path> given, String output, List<String> from, String to)
      throws IOException {
    Path target = new PathConverter().convert(output);
    return Plan.of(Inputs.collect(given, from, target), output, from, to);
  }
}
