package org.vocalise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.vocalise.cli.batch.Job;
import org.vocalise.cli.batch.Manifest;
import org.vocalise.cli.batch.Plan;
import org.vocalise.cli.batch.Run;
import org.vocalise.cli.batch.UsageException;
import org.vocalise.dsp.pitch.PitchTracker;
import org.vocalise.dsp.resample.ResamplerKernel;
import org.vocalise.inference.ModelStore;
import org.vocalise.inference.PitchTrackers;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vocalise f0}. */
@Command(
    name = "f0",
    description = {
      "Track the pitch of recordings.",
      "Writes a table (time in seconds, frequency in Hz, confidence 0 to 1) every 10 ms, and a",
      "picture of the track over the spectrogram beside it. 0 Hz is no pitch."
    },
    footer = {
      "",
      "Trackers: yin (the default, needs nothing); crepe-tiny, -small, -medium, -large, -full",
      "('vocalise models add crepe-full' makes its model); tarsos-yin and tarsos-mcleod, where",
      "vocalise-pitch-tarsos.jar (GPL-3) lies beside vocalise.jar.",
      "",
      "Examples:",
      "  vocalise f0 song.wav -o song.csv",
      "  vocalise f0 recordings -o tracks --tracker crepe-full --jobs 4"
    })
final class F0Command implements Callable<Integer> {
  private static final ResamplerKernel RESAMPLER = ResamplerKernel.KAISER;

  @Parameters(
      arity = "1..*",
      paramLabel = "IN",
      description = "Audio files, or folders that are searched for .wav and .flac.")
  private List<Path> inputs = List.of();

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "OUT",
      description = "The .csv file for one file; the folder for several, which keep their names.")
  private String target = "";

  @Option(names = "--tracker", paramLabel = "NAME", description = "Which tracker; default: yin.")
  private String name = PitchTrackers.DEFAULT;

  @Option(names = "--no-picture", description = "Make tables only.")
  private boolean withoutPictures;

  @Mixin private final BatchOptions batch = new BatchOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Plan plan = FileKinds.plan(inputs, target, FileKinds.AUDIO, ".csv");
    Run.Options options = batch.options(output);
    Map<Path, Path> pictures = new LinkedHashMap<>();
    for (Job job : plan.jobs()) {
      Path picture = F0Work.picture(job);
      if (!withoutPictures) {
        pictures.put(job.item().file(), picture);
      }
      if (!withoutPictures && Files.exists(picture) && !options.overwrite() && !options.resume()) {
        throw new UsageException(
            picture + ": exists already; --overwrite replaces it, --no-picture makes none");
      }
    }
    try (PitchTracker tracker = open()) {
      Map<String, Object> settings = new LinkedHashMap<>();
      settings.put("tracker", tracker.settings());
      settings.put("resampler", RESAMPLER.description());
      Run run = new Run(plan, Manifest.of("f0", settings), options, output.console());
      return run.execute(new F0Work(tracker, RESAMPLER, pictures));
    }
  }

  private PitchTracker open() throws IOException {
    try {
      return PitchTrackers.open(name, ModelStore.standard());
    } catch (IllegalArgumentException e) {
      throw new UsageException("--tracker: " + e.getMessage());
    }
  }
}
