package org.vocalise.eval.run;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.pitch.PitchTrack;
import org.vocalise.dsp.pitch.PitchTracker;
import org.vocalise.eval.embedding.Embedding;
import org.vocalise.eval.metric.Metric;
import org.vocalise.eval.metric.Pair;
import org.vocalise.eval.metric.UndefinedScoreException;

/** Quick trackers, embeddings and metrics, which count how often they are asked. */
final class StandIns {
  final AtomicInteger tracked = new AtomicInteger();
  final AtomicInteger embedded = new AtomicInteger();
  final AtomicInteger scored = new AtomicInteger();

  final PitchTracker tracker =
      new PitchTracker() {
        @Override
        public int sampleRate() {
          return 16_000;
        }

        @Override
        public Map<String, Object> settings() {
          return Map.of("tracker", "stand-in");
        }

        @Override
        public PitchTrack track(Waveform signal) {
          tracked.incrementAndGet();
          double sum = 0;
          for (float sample : signal.samples()) {
            sum += Math.abs(sample);
          }
          return new PitchTrack(new double[] {100 + sum, 0}, new double[] {1, 0.1}, 0.01);
        }
      };

  final Embedding embedding =
      new Embedding() {
        @Override
        public String name() {
          return "stand-in";
        }

        @Override
        public int sampleRate() {
          return 8000;
        }

        @Override
        public int dimensions() {
          return 2;
        }

        @Override
        public Map<String, Object> settings() {
          return Map.of("window", 800);
        }

        @Override
        public float[] embed(Waveform signal) {
          embedded.incrementAndGet();
          float[] samples = signal.samples();
          float[] vectors = new float[samples.length / 800 * 2];
          for (int i = 0; i < vectors.length; i++) {
            for (int j = 0; j < 400; j++) {
              vectors[i] += Math.abs(samples[400 * i + j]);
            }
          }
          return vectors;
        }
      };

  /** Mean absolute difference; a silent reference has none. */
  final Metric difference =
      new Metric() {
        @Override
        public String key() {
          return "difference";
        }

        @Override
        public Map<String, Object> definition() {
          return Map.of("value", "mean |r - s|");
        }

        @Override
        public double score(Pair pair) throws UndefinedScoreException {
          scored.incrementAndGet();
          double sum = 0;
          double level = 0;
          float[] reference = pair.reference().samples();
          for (int i = 0; i < reference.length; i++) {
            sum += Math.abs(reference[i] - pair.synthesis().samples()[i]);
            level += Math.abs(reference[i]);
          }
          if (level == 0) {
            throw new UndefinedScoreException("the reference is silent");
          }
          return sum / reference.length;
        }
      };

  /** Difference of the first frequencies. */
  final Metric pitch =
      new Metric() {
        @Override
        public String key() {
          return "log2f0_mean";
        }

        @Override
        public Map<String, Object> definition() {
          return Map.of();
        }

        @Override
        public double score(Pair pair) throws java.io.IOException, InterruptedException {
          return Math.abs(
              pair.referencePitch().track().hz()[0] - pair.synthesisPitch().track().hz()[0]);
        }
      };

  ScoringPlan plan(Protocol protocol, List<SystemFiles> systems) {
    return new ScoringPlan(
        protocol, List.of(difference, pitch), tracker, embedding, systems, "test");
  }
}
