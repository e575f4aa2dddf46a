package org.vocalise.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.vocalise.cli.batch.UsageException;
import org.vocalise.dsp.mel.MelSpec;
import picocli.CommandLine.Option;

/** The options that say which mel spectrogram is meant. */
final class MelSpecOptions {
  /** Heading of these options in a help text. */
  static final String HEADING = "%nMel spec, a preset or a file and single fields:%n";

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description = "Mel spec by name: ${COMPLETION-CANDIDATES}; default: ntu.")
  private @Nullable MelPreset preset;

  @Option(
      names = "--spec",
      paramLabel = "FILE",
      description = "Mel spec from a YAML file of lines such as 'n_fft: 2048'.")
  private @Nullable Path file;

  @Option(names = "--sample-rate", paramLabel = "HZ", description = "Samples per second.")
  private @Nullable String sampleRate;

  @Option(names = "--n-fft", paramLabel = "N", description = "Transform length in samples.")
  private @Nullable String nFft;

  @Option(names = "--window", paramLabel = "N", description = "Window length in samples.")
  private @Nullable String window;

  @Option(names = "--hop", paramLabel = "N", description = "Samples from frame to frame.")
  private @Nullable String hop;

  @Option(names = "--bands", paramLabel = "N", description = "Number of mel bands.")
  private @Nullable String bands;

  @Option(names = "--fmin", paramLabel = "HZ", description = "Lower edge of the lowest band.")
  private @Nullable String fMin;

  @Option(names = "--fmax", paramLabel = "HZ", description = "Upper edge of the highest band.")
  private @Nullable String fMax;

  @Option(names = "--scale", paramLabel = "NAME", description = "Mel scale: htk, slaney.")
  private @Nullable String scale;

  @Option(names = "--norm", paramLabel = "NAME", description = "Filters' scaling: none, slaney.")
  private @Nullable String norm;

  @Option(
      names = "--padding",
      paramLabel = "NAME",
      description = "Around the signal: zero, reflect, centred.")
  private @Nullable String padding;

  @Option(
      names = "--spectrum",
      paramLabel = "NAME",
      description = "What the filters see: power, magnitude, magnitude-eps.")
  private @Nullable String spectrum;

  @Option(
      names = "--log",
      paramLabel = "NAME",
      description = "Logarithm of the values: none, ln, log10, db.")
  private @Nullable String log;

  @Option(names = "--floor", paramLabel = "X", description = "Smallest value before the logarithm.")
  private @Nullable String floor;

  /** The spec that the options give: a preset or a file, with single fields replaced. */
  MelSpec spec() throws IOException {
    return spec(MelSpec.NTU);
  }

  /** The same, over a spec that stands where neither a preset nor a file is named. */
  MelSpec spec(MelSpec otherwise) throws IOException {
    if (preset != null && file != null) {
      throw new UsageException("--preset and --spec exclude each other; a file may name a preset");
    }
    MelSpec base =
        file != null ? MelSpecYaml.read(file) : preset == null ? otherwise : preset.spec();
    try {
      return fields().over(base);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private MelSpecFields fields() {
    MelSpecFields fields = new MelSpecFields();
    set(fields, "sample_rate", sampleRate);
    set(fields, "n_fft", nFft);
    set(fields, "window", window);
    set(fields, "hop", hop);
    set(fields, "bands", bands);
    set(fields, "fmin", fMin);
    set(fields, "fmax", fMax);
    set(fields, "scale", scale);
    set(fields, "norm", norm);
    set(fields, "padding", padding);
    set(fields, "spectrum", spectrum);
    set(fields, "log", log);
    set(fields, "floor", floor);
    return fields;
  }

  private static void set(MelSpecFields fields, String name, @Nullable String value) {
    if (value != null) {
      fields.set(name, value);
    }
  }
}
