package org.vocalise.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.mel.MelSpec;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that say what the mel files hold that a command reads. */
final class MelFileOptions {
  @ArgGroup(validate = false, heading = MelSpecOptions.HEADING)
  private MelSpecOptions melSpec = new MelSpecOptions();

  @Option(
      names = "--mel-scale",
      paramLabel = "NAME",
      description = "How mel files are stored: linear, ln, log10, db; default: as the preset says.")
  private @Nullable MelScale scale;

  /** The spec of the mels. */
  MelSpec spec() throws IOException {
    return melSpec.spec();
  }

  /** The same, where a model says what it takes unless the options say what the mels are. */
  MelSpec spec(MelSpec otherwise) throws IOException {
    return melSpec.spec(otherwise);
  }

  /** How the files hold them. */
  MelScale scale(MelSpec spec) {
    return scale == null ? MelScale.of(spec) : scale;
  }
}
