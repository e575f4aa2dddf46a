package org.vocalise.bench;

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
import org.vocalise.dsp.stft.FrameTransform;
import org.vocalise.dsp.stft.PolyphaseSignal;

/** Short-time transform of ten seconds and back, 1024 samples with a hop of 256. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first
public class StftBenchmark {
  private static final int N_FFT = 1024;
  private static final int HOP = 256;
  private static final int FRAMES = 10 * Signals.RATE / HOP;

  private FrameTransform transform;
  private PolyphaseSignal signal;
  private PolyphaseSignal result;

  /** Prepares a signal of noise. */
  @Setup
  public void prepare() {
    transform = new FrameTransform(N_FFT, N_FFT, HOP, FrameTransform.DEFAULT_LANES);
    signal = new PolyphaseSignal(HOP, transform.columns(FRAMES));
    result = new PolyphaseSignal(HOP, transform.columns(FRAMES));
    signal.put(0, Signals.noise(FRAMES * HOP), 0, FRAMES * HOP);
  }

  /** Analysis only. */
  @Benchmark
  public float analyse() {
    float sum = 0;
    for (int first = 0; first < FRAMES; first += 2 * transform.lanes()) {
      transform.analyse(signal, first);
      sum += transform.re(0)[1][0];
    }
    return sum;
  }

  /** Analysis and synthesis. */
  @Benchmark
  public float analyseAndSynthesise() {
    result.clear();
    for (int first = 0; first < FRAMES; first += 2 * transform.lanes()) {
      transform.analyse(signal, first);
      transform.synthesise(result, first);
    }
    return result.rows()[0][0];
  }
}
