package org.vocalise.cli.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.vocalise.dsp.audio.AudioFiles;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.pitch.PitchTrack;
import org.vocalise.dsp.resample.Resampler;
import org.vocalise.dsp.resample.ResamplerKernel;
import org.vocalise.eval.embedding.Embedding;
import org.vocalise.eval.embedding.NetworkEmbedding;
import org.vocalise.eval.metric.Metric;
import org.vocalise.eval.metric.MultiResolutionStft;
import org.vocalise.eval.metric.Pair;
import org.vocalise.eval.metric.PitchSource;
import org.vocalise.inference.CrepeTracker;

/**
 * Our side of the comparison of scoring, in a process of its own like the other sides: {@code
 * m_stft REFERENCE SYNTHESIS}, {@code crepe MODEL FILE} or {@code vggish MODEL FILE}. Reading and
 * resampling are not measured.
 */
final class ScoreWorker {
  private static final PitchSource NO_TRACK = () -> new PitchTrack(new double[0], new double[0], 1);

  private final Metric metric = new MultiResolutionStft(22_050, 8000).metric();
  private final Map<String, CrepeTracker> trackers = new HashMap<>();
  private final Map<String, Embedding> embeddings = new HashMap<>();

  private ScoreWorker() {}

  /** Answers until the input ends. */
  public static void main(String[] args) throws Exception {
    RequestLoop.serve(new ScoreWorker()::answer);
  }

  private String answer(String[] words) throws Exception {
    return switch (words[0]) {
      case "m_stft" -> mStft(words[1], words[2]);
      case "crepe" -> crepe(words[1], words[2]);
      default -> vggish(words[1], words[2]);
    };
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
    Waveform signal = at16kHz(file);
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

  private String vggish(String model, String file) throws Exception {
    Embedding opened = embeddings.get(model);
    if (opened == null) {
      opened = NetworkEmbedding.vggish(Path.of(model));
      embeddings.put(model, opened);
    }
    Embedding network = opened;
    Waveform signal = at16kHz(file);
    return RequestLoop.timed(() -> network.embed(signal)) + " 0";
  }

  /** What both networks hear. */
  private static Waveform at16kHz(String file) throws IOException {
    Waveform clip = AudioFiles.read(Path.of(file));
    int rate = CrepeTracker.SAMPLE_RATE;
    Resampler resampler = new Resampler(clip.sampleRate(), rate, ResamplerKernel.SINC_HANN);
    return new Waveform(resampler.resample(clip.samples()), rate);
  }

  private CrepeTracker open(String model) throws IOException {
    CrepeTracker opened = trackers.get(model);
    if (opened == null) {
      opened = CrepeTracker.open(Path.of(model));
      trackers.put(model, opened);
    }
    return opened;
  }
}
