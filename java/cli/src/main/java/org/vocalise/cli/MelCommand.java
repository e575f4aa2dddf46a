package org.vocalise.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.vocalise.cli.batch.Manifest;
import org.vocalise.cli.batch.Plan;
import org.vocalise.cli.batch.Run;
import org.vocalise.dsp.mel.MelSpec;
import org.vocalise.dsp.resample.ResamplerKernel;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vocalise mel}. */
@Command(
    name = "mel",
    description = {
      "Make mel spectrograms of recordings.",
      "Reads WAV and FLAC, writes NumPy arrays of shape (bands, frames)."
    },
    footer = {
      "",
      "Examples:",
      "  vocalise mel song.wav -o song.npy",
      "  vocalise mel recordings -o mels --jobs 4",
      "  vocalise mel recordings -o mels --preset hifigan --fmax 11025"
    })
final class MelCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "IN",
      description = "Audio files, or folders that are searched for .wav and .flac.")
  private List<Path> inputs = List.of();

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "OUT",
      description = "The .npy file for one file; the folder for several, which keep their names.")
  private String target = "";

  @Option(
      names = "--resampler",
      paramLabel = "NAME",
      description =
          "For audio of another rate: sinc-hann (as torchaudio's transform; default),"
              + " sinc-hann-single (as its function), kaiser.")
  private ResamplerKernel resampler = ResamplerKernel.SINC_HANN;

  @ArgGroup(validate = false, heading = MelSpecOptions.HEADING)
  private MelSpecOptions melSpec = new MelSpecOptions();

  @Mixin private final BatchOptions batch = new BatchOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    MelSpec spec = melSpec.spec();
    Plan plan = FileKinds.plan(inputs, target, FileKinds.AUDIO, ".npy");
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("mel_spec", MelSpecFields.of(spec));
    settings.put("resampler", resampler.description());
    Run run = new Run(plan, Manifest.of("mel", settings), batch.options(output), output.console());
    return run.execute(new MelWork(spec, resampler));
  }
}
