package org.vocalise.cli;

import java.util.Map;
import java.util.function.Supplier;
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

  private static final GriffinLimOptions DEFAULT = GriffinLimOptions.DEFAULT;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description = "What makes the waveform: griffin-lim (default).")
  private Engine engine = Engine.GRIFFIN_LIM;

  @Option(
      names = "--iterations",
      paramLabel = "N",
      description = "Griffin-Lim's iterations; default: ${DEFAULT-VALUE}.")
  private int iterations = DEFAULT.iterations();

  @Option(
      names = "--momentum",
      paramLabel = "X",
      description = "0 for classic Griffin-Lim; default: ${DEFAULT-VALUE}.")
  private double momentum = DEFAULT.momentum();

  @Option(
      names = "--start",
      paramLabel = "NAME",
      description = "First phases: pghi (default), random, zero.")
  private GriffinLimOptions.Start start = DEFAULT.start();

  @Option(
      names = "--inversion",
      paramLabel = "NAME",
      description = "From mel bands to frequencies: smooth (default), nnls, pinv.")
  private GriffinLimOptions.Inversion inversion = DEFAULT.inversion();

  @Option(
      names = "--harmonics",
      negatable = true,
      fallbackValue = "true",
      description = "Give voiced frames harmonics; default with the inversion smooth.")
  private @Nullable Boolean harmonics;

  @Option(
      names = "--consistency",
      paramLabel = "X",
      description = "Share of the signal in what is aimed at, 0 to 1; default: ${DEFAULT-VALUE}.")
  private double consistency = DEFAULT.consistency();

  @Option(
      names = "--fill",
      negatable = true,
      fallbackValue = "true",
      description = "Fill the band above the mel; default with the inversion smooth.")
  private @Nullable Boolean fill;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of random phases and noise; default: ${DEFAULT-VALUE}.")
  private long seed = DEFAULT.seed();

  /** The chosen vocoder for mels of a spec. */
  Vocoder vocoder(MelSpec spec) {
    return checked(() -> new GriffinLim(spec, griffinLim()));
  }

  /** The chosen vocoder, which tells how its reconstruction converges. */
  Vocoder vocoder(MelSpec spec, GriffinLim.Listener listener) {
    return checked(() -> new GriffinLim(spec, griffinLim(), listener));
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
    options.harmonics = Boolean.valueOf(text(settings, "harmonics"));
    options.consistency = Double.parseDouble(text(settings, "consistency"));
    options.fill = Boolean.valueOf(text(settings, "fill"));
    options.seed = Long.parseLong(text(settings, "seed"));
    return options.vocoder(spec);
  }

  private GriffinLimOptions griffinLim() {
    boolean smooth = inversion == GriffinLimOptions.Inversion.SMOOTH;
    return new GriffinLimOptions(
        iterations,
        momentum,
        start,
        inversion,
        harmonics == null ? smooth && DEFAULT.harmonics() : harmonics,
        consistency,
        fill == null ? smooth && DEFAULT.fill() : fill,
        seed);
  }

  private Vocoder checked(Supplier<Vocoder> maker) {
    try {
      return switch (engine) {
        case GRIFFIN_LIM -> maker.get();
      };
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private static String text(Map<?, ?> settings, String key) {
    @Nullable Object value = settings.get(key);
    if (value == null) {
      throw new IllegalArgumentException(key + " is missing");
    }
    return value.toString();
  }
}
