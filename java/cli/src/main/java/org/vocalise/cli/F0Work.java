package org.vocalise.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.vocalise.cli.batch.Job;
import org.vocalise.cli.batch.OutputFile;
import org.vocalise.cli.batch.Progress;
import org.vocalise.cli.batch.Work;
import org.vocalise.dsp.audio.AudioFiles;
import org.vocalise.dsp.audio.AudioSource;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.io.InputException;
import org.vocalise.dsp.picture.PitchPicture;
import org.vocalise.dsp.picture.SpectrogramPicture;
import org.vocalise.dsp.pitch.PitchTrack;
import org.vocalise.dsp.pitch.PitchTracker;
import org.vocalise.dsp.resample.ResamplerKernel;

/** Tracks the pitch of one recording: a table, and a picture beside it. */
final class F0Work implements Work {
  private static final int BLOCK = 1 << 16;

  private final PitchTracker tracker;
  private final RateConversion conversion;
  private final Map<Path, Path> pictures;

  /**
   * Prepares.
   *
   * @param pictures the picture of each source; of those that are not in it, none is made
   */
  F0Work(PitchTracker tracker, ResamplerKernel kernel, Map<Path, Path> pictures) {
    this.tracker = tracker;
    this.pictures = pictures;
    conversion = new RateConversion(tracker.sampleRate(), kernel);
  }

  /** The picture of a job: the name of its table, with another ending. */
  static Path picture(Job job) {
    String name = String.valueOf(job.target().getFileName());
    return job.target().resolveSibling(name.substring(0, name.length() - 4) + ".png");
  }

  @Override
  public Made make(Path source, Path target, Progress progress)
      throws IOException, InterruptedException {
    List<String> warnings = new ArrayList<>();
    Waveform signal;
    int sourceRate;
    try (AudioSource recording = AudioFiles.open(source);
        AudioSource audio = conversion.of(source, recording)) {
      sourceRate = recording.sampleRate();
      signal = read(source, audio);
      warnings.addAll(recording.warnings());
    }
    PitchTrack track = tracker.track(signal);
    write(track, target);
    Path picture = pictures.get(source);
    if (picture != null) {
      String title = source.getFileName() + ", " + tracker.settings().get("tracker");
      OutputFile.write(
          picture,
          true,
          temporary -> {
            try (var stream = Files.newOutputStream(temporary)) {
              SpectrogramPicture.write(PitchPicture.of(signal, track, title), stream);
            }
            return picture;
          });
    }
    progress.audio(signal.seconds());
    return made(signal, track, sourceRate, warnings);
  }

  private static Waveform read(Path source, AudioSource audio) throws IOException {
    float[] samples = new float[BLOCK];
    int length = 0;
    for (int n = 0; n >= 0; n = audio.read(samples, length, samples.length - length)) {
      length += n;
      if (length == samples.length) {
        samples = Arrays.copyOf(samples, Math.multiplyExact(2, length));
      }
    }
    if (length == 0) {
      throw new InputException(source, "holds no samples; make it again");
    }
    return new Waveform(Arrays.copyOf(samples, length), audio.sampleRate());
  }

  private static void write(PitchTrack track, Path target) throws IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(target)) {
      writer.write("time,frequency,confidence\n");
      for (int t = 0; t < track.frames(); t++) {
        writer.write(
            String.format(
                Locale.ROOT,
                "%.3f,%.3f,%.6f\n",
                t * track.hopSeconds(),
                track.hz()[t],
                track.confidence()[t]));
      }
    }
  }

  private Made made(Waveform signal, PitchTrack track, int sourceRate, List<String> warnings) {
    double[] confident = new double[track.frames()];
    int count = 0;
    for (int t = 0; t < track.frames(); t++) {
      if (track.hz()[t] > 0 && track.confidence()[t] > PitchPicture.CONFIDENT) {
        confident[count++] = track.hz()[t];
      }
    }
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("frames", track.frames());
    facts.put("seconds", signal.seconds());
    facts.put("source_rate", sourceRate);
    if (sourceRate != signal.sampleRate()) {
      facts.put("resampler", conversion.description());
    }
    facts.put("confident_frames", count);
    String line =
        String.format(Locale.ROOT, "%d frames, %d of them confident", track.frames(), count);
    if (count > 0) {
      Arrays.sort(confident, 0, count);
      double median = confident[count / 2];
      facts.put("median_hz", median);
      line += String.format(Locale.ROOT, ", median %.1f Hz", median);
    } else {
      warnings.add("no frame with a confidence above " + PitchPicture.CONFIDENT + ": silent?");
    }
    return new Made(facts, line, warnings);
  }
}
