package org.vocalise.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vocalise.cli.batch.Console;
import org.vocalise.cli.batch.Inputs;
import org.vocalise.cli.batch.Manifest;
import org.vocalise.cli.batch.Plan;
import org.vocalise.cli.batch.Run;
import org.vocalise.cli.batch.UsageException;
import org.vocalise.dsp.audio.WavFormat;
import org.vocalise.dsp.mel.MelSpec;
import org.vocalise.dsp.phase.GriffinLim;
import org.vocalise.dsp.vocoder.Vocoder;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vocalise vocode}. */
@Command(
    name = "vocode",
    description = {"Turn mel spectrograms into singing.", "Reads NumPy arrays, writes WAV."},
    footer = {
      "",
      "Examples:",
      "  vocalise vocode song.npy -o song.wav",
      "  vocalise vocode mels -o wavs --jobs 4",
      "  vocalise vocode mels -o wavs --model model.onnx",
      "  vocalise vocode mels --verify wavs/manifest.json"
    })
final class VocodeCommand implements Callable<Integer> {
  /** Options that change nothing in the outputs, so that {@code --verify} takes them. */
  private static final Set<String> WITH_VERIFY =
      Set.of("--verify", "--model", "--device", "--jobs", "--json", "--quiet", "--debug");

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec command;

  @Parameters(
      arity = "1..*",
      paramLabel = "MELS",
      description = "Mel files, or folders that are searched for .npy.")
  private List<Path> inputs = List.of();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "OUT",
      description = "The .wav file for one file; the folder for several, which keep their names.")
  private @Nullable String target;

  @Option(
      names = "--format",
      paramLabel = "NAME",
      description = "Samples: pcm16 (default), float32.")
  private WavFormat format = WavFormat.PCM16;

  @Option(
      names = "--convergence",
      description = "Print the spectral convergence after each iteration, in dB.")
  private boolean convergence;

  @Option(
      names = "--verify",
      paramLabel = "MANIFEST",
      description =
          "Write nothing: vocode again with the settings of a manifest.json, and say whether the"
              + " files beside it are identical.")
  private @Nullable Path manifestFile;

  @ArgGroup(validate = false, heading = "%nVocoder:%n")
  private EngineOptions engine = new EngineOptions();

  @Mixin private final MelFileOptions melFile = new MelFileOptions();
  @Mixin private final BatchOptions batch = new BatchOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (manifestFile != null) {
      return verify(manifestFile);
    }
    if (target == null) {
      throw new UsageException("-o OUT is missing: name the .wav file, or a folder for several");
    }
    if (convergence && engine.modelGiven()) {
      throw new UsageException("--convergence is of Griffin-Lim, and --model of a network");
    }
    Plan plan = FileKinds.plan(inputs, target, FileKinds.MEL, ".wav");
    Console console = output.console();
    int cores = coresPerFile(plan.jobs().size());
    try (Vocoder vocoder = engine.vocoder(melFile, cores, console, griffinLimAsked())) {
      MelSpec spec = vocoder.spec();
      MelScale scale = melFile.scale(spec);
      Map<String, Object> settings = VocodeSettings.of(vocoder, scale, format);
      Manifest manifest = Manifest.of("vocode", settings);
      console.note("vocoder: " + words(vocoder.settings()));
      Run run = new Run(plan, manifest, batch.options(output), console);
      return run.execute(
          convergence
              ? new VocodeWork(
                  file -> engine.griffinLim(spec, printer(file, console)), scale, format)
              : new VocodeWork(vocoder, scale, format));
    }
  }

  private boolean griffinLimAsked() {
    return command.commandLine().getParseResult().matchedOptions().stream()
        .anyMatch(option -> EngineOptions.OF_GRIFFIN_LIM.contains(option.longestName()));
  }

  /** What the jobs leave to each file: a mel may be made in several places at once. */
  private int coresPerFile(int files) {
    return Math.max(1, batch.jobs() / Math.max(1, files));
  }

  /** Long mels are made in parts, each with a convergence of its own. */
  private static GriffinLim.Listener printer(Path file, Console console) {
    return (firstFrame, iteration, ratio) ->
        console.result(
            String.format(
                Locale.ROOT,
                "%s: from frame %d: iteration %d: %.2f dB",
                file,
                firstFrame,
                iteration,
                20 * Math.log10(ratio)));
  }

  private static String words(Map<String, Object> settings) {
    return settings.entrySet().stream()
        .map(setting -> setting.getKey() + " " + setting.getValue())
        .collect(Collectors.joining(", "));
  }

  private int verify(Path file) throws IOException, InterruptedException {
    for (OptionSpec option : command.commandLine().getParseResult().matchedOptions()) {
      if (!WITH_VERIFY.contains(option.longestName())) {
        throw new UsageException(
            "--verify takes its settings from the manifest: leave out " + option.longestName());
      }
    }
    Manifest manifest = Manifest.load(file);
    Inputs items = Inputs.collect(inputs, FileKinds.MEL, null);
    int cores = coresPerFile(items.items().size());
    VocodeSettings settings = VocodeSettings.read(file, manifest, engine, cores);
    try (Vocoder vocoder = settings.vocoder()) {
      VocodeWork work = new VocodeWork(vocoder, settings.scale(), settings.format());
      Verification verification = new Verification(file, manifest, work, output.console());
      return verification.execute(items.items(), batch.options(output));
    }
  }
}
