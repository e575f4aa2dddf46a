package org.vocalise.training.validate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.audio.AudioFiles;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.eval.metric.Metric;
import org.vocalise.eval.metric.MultiResolutionStft;
import org.vocalise.eval.metric.Pair;
import org.vocalise.eval.metric.PitchSource;
import org.vocalise.eval.metric.UndefinedScoreException;
import org.vocalise.training.run.Event;
import org.vocalise.training.run.RunDirectory;

/**
 * The trainer's M-STFT of the files that it wrote, and ours of the same files. Of a magnitude model
 * the trainer finds other phases than this program does, so that only equal waveforms compare.
 *
 * @param mStft the trainer's, mean over the files
 * @param ours of the same
 * @param difference the largest of a file
 * @param files that both scored
 */
public record TrainerCheck(double mStft, double ours, double difference, int files) {
  /** A larger difference means that one of the two is wrong. */
  public static final double TOLERANCE = 1e-4;

  private static final PitchSource NO_PITCH =
      () -> {
        throw new IllegalStateException("M-STFT has no pitch");
      };

  /** Compares all files that both can score; null if there are none. */
  static @Nullable TrainerCheck of(RunDirectory run, Event.Sample sample, ValidationClips clips)
      throws IOException, InterruptedException {
    Path folder = run.samples().resolve("step-" + sample.step());
    double theirs = 0;
    double ours = 0;
    double difference = 0;
    int files = 0;
    for (ValidationClips.Clip clip : clips.clips()) {
      Double told = sample.values().get("clip_metrics." + clip.stem() + ".m_stft");
      Path made = folder.resolve(clip.stem() + ".wav");
      if (told == null || !Files.isRegularFile(made)) {
        continue;
      }
      double scored = score(clip, made);
      if (Double.isNaN(scored)) {
        continue;
      }
      theirs += told;
      ours += scored;
      difference = Math.max(difference, Math.abs(told - scored));
      files++;
    }
    return files == 0 ? null : new TrainerCheck(theirs / files, ours / files, difference, files);
  }

  /** NaN where there is no such score. */
  private static double score(ValidationClips.Clip clip, Path made)
      throws IOException, InterruptedException {
    Waveform reference = AudioFiles.read(clip.wav());
    Waveform synthesis = AudioFiles.read(made);
    if (reference.sampleRate() != synthesis.sampleRate()
        || reference.samples().length != synthesis.samples().length) {
      return Double.NaN;
    }
    int rate = reference.sampleRate();
    Metric metric = new MultiResolutionStft(rate, rate / 2.0).metric();
    try {
      return metric.score(new Pair(clip.name(), reference, synthesis, NO_PITCH, NO_PITCH));
    } catch (UndefinedScoreException e) {
      return Double.NaN;
    }
  }

  /** What to warn of; null if the two agree. */
  public @Nullable String warning() {
    return difference <= TOLERANCE
        ? null
        : String.format(
            Locale.ROOT,
            "M-STFT of the same %d files: the trainer says %.6f, this program %.6f, and one file"
                + " differs by %.1e, more than %.0e",
            files,
            mStft,
            ours,
            difference,
            TOLERANCE);
  }
}
