package org.vocalise.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vocalise.cli.batch.UsageException;
import org.vocalise.dsp.mel.MelSpec;
import org.vocalise.dsp.phase.GriffinLim;
import org.vocalise.dsp.phase.GriffinLimOptions;
import org.vocalise.dsp.vocoder.Vocoder;
import picocli.CommandLine.Option;

/** The options that choose what turns mels into waveforms, and how. */
final class EngineOptions {
  /** What turns mels into waveforms. */
  enum Engine {
    GRIFFIN_LIM
  }

  private static final GriffinLimOptions DEFAULTS = GriffinLimOptions.DEFAULTS;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description = "What makes the waveform: griffin-lim (default).")
  private Engine engine = Engine.GRIFFIN_LIM;

  @Option(names = "--iterations", paramLabel = "N", description = "Griffin-Lim's iterations.")
  private int iterations = DEFAULTS.iterations();

  @Option(
      names = "--momentum",
      paramLabel = "X",
      description = "Fast Griffin-Lim's momentum, 0 for the classic iteration.")
  private double momentum = DEFAULTS.momentum();

  @Option(names = "--start", paramLabel = "NAME", description = "First phases: pghi, random, zero.")
  private GriffinLimOptions.Start start = DEFAULTS.start();

  @Option(
      names = "--inversion",
      paramLabel = "NAME",
      description = "From mel bands to frequencies: smooth, nnls, pinv.")
  private GriffinLimOptions.Inversion inversion = DEFAULTS.inversion();

  @Option(
      names = "--fill",
      negatable = true,
      fallbackValue = "true",
      description = "Fill the band above the mel's highest frequency, or leave it empty.")
  private boolean fill = DEFAULTS.fill();

  @Option(names = "--seed", paramLabel = "N", description = "Seed of whatever is random.")
  private long seed = DEFAULTS.seed();

  /** The chosen vocoder for mels of a spec. */
  Vocoder vocoder(MelSpec spec) {
    try {
      return switch (engine) {
        case GRIFFIN_LIM ->
            new GriffinLim(
                spec, new GriffinLimOptions(iterations, momentum, start, inversion, fill, seed));
      };
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  /**
   * The vocoder that a manifest records.
   *
   * @throws IllegalArgumentException if a setting is missing or not of its kind
   */
  static Vocoder recorded(Map<?, ?> settings, MelSpec spec) {
    EngineOptions options = new EngineOptions();
    options.engine = Choice.parse(Engine.class, "engine", text(settings, "engine"));
    options.iterations = Integer.parseInt(text(settings, "iterations"));
    options.momentum = Double.parseDouble(text(settings, "momentum"));
    options.start = Choice.parse(GriffinLimOptions.Start.class, "start", text(settings, "start"));
    options.inversion =
        Choice.parse(GriffinLimOptions.Inversion.class, "inversion", text(settings, "inversion"));
    options.fill = Boolean.parseBoolean(text(settings, "fill"));
    options.seed = Long.parseLong(text(settings, "seed"));
    return options.vocoder(spec);
  }

  private static String text(Map<?, ?> settings, String key) {
    @Nullable Object value = settings.get(key);
    if (value == null) {
      throw new IllegalArgumentException(key + " is missing");
    }
    return value.toString();
  }
}
