package org.vocalise.cli;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vocalise.cli.batch.Console;
import org.vocalise.cli.batch.UsageException;
import org.vocalise.dsp.mel.MelSpec;
import org.vocalise.dsp.phase.GriffinLim;
import org.vocalise.dsp.phase.GriffinLimOptions;
import org.vocalise.dsp.vocoder.Vocoder;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that choose what turns mels into waveforms, and how. */
final class EngineOptions {
  /** What turns mels into waveforms. */
  enum Engine {
    GRIFFIN_LIM,
    ONNX
  }

  private static final GriffinLimOptions DEFAULT = GriffinLimOptions.DEFAULT;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      description =
          "What makes the waveform: onnx (--model, or the shipped singing-small: default) or"
              + " griffin-lim (default for other mels, and with any option of it).")
  private @Nullable Engine engine;

  @ArgGroup(validate = false)
  private ModelOptions model = new ModelOptions();

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

  /** Options of Griffin-Lim alone: one of them chooses it where no model is named. */
  static final Set<String> OF_GRIFFIN_LIM =
      Set.of(
          "--iterations",
          "--momentum",
          "--start",
          "--inversion",
          "--harmonics",
          "--consistency",
          "--fill",
          "--seed",
          "--convergence");

  /**
   * The chosen vocoder, for mels as the options say: the model named, else the shipped one where
   * there is one for these mels, else Griffin-Lim.
   *
   * @param griffinLimAsked whether one of {@link #OF_GRIFFIN_LIM} was given
   */
  Vocoder vocoder(MelFileOptions mels, int coresPerFile, Console console, boolean griffinLimAsked)
      throws IOException {
    if (model.given()) {
      if (engine == Engine.GRIFFIN_LIM) {
        throw new UsageException("--model and --engine griffin-lim exclude each other");
      }
      return model.vocoder(mels, coresPerFile, console);
    }
    if (engine == Engine.ONNX || (engine == null && !griffinLimAsked)) {
      Vocoder shipped = model.shipped(mels, coresPerFile);
      if (shipped != null) {
        return shipped;
      }
      if (engine == Engine.ONNX) {
        throw new UsageException("--engine onnx needs --model NAME or FILE");
      }
      console.note(
          "no network that ships takes these mels: Griffin-Lim makes the sound; --model names one"
              + " that does");
    }
    return griffinLim(mels.spec(), null);
  }

  /** Griffin-Lim for mels of a spec, with the settings of the options. */
  Vocoder griffinLim(MelSpec spec, GriffinLim.@Nullable Listener listener) {
    try {
      GriffinLimOptions options = griffinLim();
      return listener == null
          ? new GriffinLim(spec, options)
          : new GriffinLim(spec, options, listener);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  /** Whether a model was named. */
  boolean modelGiven() {
    return model.given();
  }

  /**
   * The vocoder that a manifest records; a model is the one that the options name, or the one of
   * the recorded name.
   *
   * @throws IllegalArgumentException if a setting is missing or not of its kind
   */
  Vocoder recorded(Map<?, ?> settings, MelSpec spec, int coresPerFile) throws IOException {
    Engine recorded = Choice.parse(Engine.class, "engine", text(settings, "engine"));
    return switch (recorded) {
      case ONNX -> model.recorded(text(settings, "model"), coresPerFile);
      case GRIFFIN_LIM -> recordedGriffinLim(settings, spec);
    };
  }

  private static Vocoder recordedGriffinLim(Map<?, ?> settings, MelSpec spec) {
    EngineOptions options = new EngineOptions();
    options.iterations = Integer.parseInt(text(settings, "iterations"));
    options.momentum = Double.parseDouble(text(settings, "momentum"));
    options.start = Choice.parse(GriffinLimOptions.Start.class, "start", text(settings, "start"));
    options.inversion =
        Choice.parse(GriffinLimOptions.Inversion.class, "inversion", text(settings, "inversion"));
    options.harmonics = Boolean.valueOf(text(settings, "harmonics"));
    options.consistency = Double.parseDouble(text(settings, "consistency"));
    options.fill = Boolean.valueOf(text(settings, "fill"));
    options.seed = Long.parseLong(text(settings, "seed"));
    return options.griffinLim(spec, null);
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

  private static String text(Map<?, ?> settings, String key) {
    @Nullable Object value = settings.get(key);
    if (value == null) {
      throw new IllegalArgumentException(key + " is missing");
    }
    return value.toString();
  }
}
