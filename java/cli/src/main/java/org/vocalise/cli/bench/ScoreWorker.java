package org.vocalise.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.audio.AudioFiles;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.pitch.PitchTrack;
import org.vocalise.dsp.resample.Resampler;
import org.vocalise.dsp.resample.ResamplerKernel;
import org.vocalise.eval.metric.Metric;
import org.vocalise.eval.metric.MultiResolutionStft;
import org.vocalise.eval.metric.Pair;
import org.vocalise.eval.metric.PitchSource;
import org.vocalise.inference.CrepeTracker;

/**
 * Our side of the comparison of scoring, in a process of its own like the other sides: {@code
 * m_stft REFERENCE SYNTHESIS}, or {@code crepe MODEL FILE}. Reading and resampling are not
 * measured.
 */
final class ScoreWorker {
  private static final PitchSource NO_TRACK = () -> new PitchTrack(new double[0], new double[0], 1);

  private final Metric metric = new MultiResolutionStft(22_050, 8000).metric();
  private @Nullable CrepeTracker tracker;

  private ScoreWorker() {}

  /** Answers until the input ends. */
  public static void main(String[] args) throws Exception {
    RequestLoop.serve(new ScoreWorker()::answer);
  }

  private String answer(String[] words) throws Exception {
    return words[0].equals("m_stft") ? mStft(words[1], words[2]) : crepe(words[1], words[2]);
  }

  private String mStft(String reference, String synthesis) throws Exception {
    Pair pair =
        new Pair(
            reference,
            AudioFiles.read(Path.of(reference)),
            AudioFiles.read(Path.of(synthesis)),
            NO_TRACK,
            NO_TRACK);
    double[] score = new double[1];
    String times = RequestLoop.timed(() -> score[0] = metric.score(pair));
    return times + " " + score[0];
  }

  /** The third number is the share of the time that goes into decoding. */
  private String crepe(String model, String file) throws Exception {
    CrepeTracker opened = open(model);
    Waveform clip = AudioFiles.read(Path.of(file));
    Resampler resampler =
        new Resampler(clip.sampleRate(), CrepeTracker.SAMPLE_RATE, ResamplerKernel.SINC_HANN);
    Waveform signal = new Waveform(resampler.resample(clip.samples()), CrepeTracker.SAMPLE_RATE);
    double[] decoding = new double[1];
    String times =
        RequestLoop.timed(
            () -> {
              float[] activations = opened.activations(signal);
              long start = System.nanoTime();
              PitchTrack track = opened.decode(activations);
              decoding[0] = (System.nanoTime() - start) * 1e-9;
              return track;
            });
    double whole = Double.parseDouble(times.split(" ", -1)[1]);
    return times + " " + decoding[0] / whole;
  }

  private CrepeTracker open(String model) throws IOException {
    if (tracker == null) {
      tracker = CrepeTracker.open(Path.of(model));
    }
    return tracker;
  }
}
