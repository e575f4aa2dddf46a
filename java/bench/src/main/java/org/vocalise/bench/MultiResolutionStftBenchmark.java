package org.vocalise.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.pitch.PitchTrack;
import org.vocalise.eval.metric.MultiResolutionStft;
import org.vocalise.eval.metric.Pair;
import org.vocalise.eval.metric.UndefinedScoreException;

/** M-STFT of a pair of 14 seconds. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first
public class MultiResolutionStftBenchmark {
  private Pair pair;

  /** Makes a signal and a louder one. */
  @Setup
  public void prepare() {
    Waveform reference = Signals.seconds(14);
    float[] louder = reference.samples().clone();
    for (int n = 0; n < louder.length; n++) {
      louder[n] *= 1.1f;
    }
    Waveform synthesis = new Waveform(louder, reference.sampleRate());
    pair =
        new Pair(
            "14 s",
            reference,
            synthesis,
            MultiResolutionStftBenchmark::noTrack,
            MultiResolutionStftBenchmark::noTrack);
  }

  private static PitchTrack noTrack() {
    throw new IllegalStateException("M-STFT needs no pitch");
  }

  /** Without anything remembered of the pair. */
  @Benchmark
  public double score() throws UndefinedScoreException, IOException, InterruptedException {
    return new MultiResolutionStft(pair.reference().sampleRate(), 8000).metric().score(pair);
  }
}
