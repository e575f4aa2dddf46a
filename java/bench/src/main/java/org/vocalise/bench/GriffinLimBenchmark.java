package org.vocalise.bench;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.vocalise.dsp.phase.PhaseReconstruction;

/** One iteration over ten seconds, 1024 samples with a hop of 256. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first
public class GriffinLimBenchmark {
  private static final int N_FFT = 1024;
  private static final int HOP = 256;
  private static final int FRAMES = 10 * 22_050 / HOP;

  @Param({"0", "0.99"})
  private float momentum;

  private PhaseReconstruction reconstruction;

  /** Starts from magnitudes and phases of noise. */
  @Setup
  public void prepare() {
    Random random = new Random(1);
    float[] magnitude = new float[(N_FFT / 2 + 1) * FRAMES];
    for (int i = 0; i < magnitude.length; i++) {
      magnitude[i] = random.nextFloat();
    }
    reconstruction = new PhaseReconstruction(N_FFT, N_FFT, HOP, magnitude, FRAMES);
    reconstruction.startRandom(1);
  }

  /** One more iteration. */
  @Benchmark
  public Object iterate() {
    reconstruction.iterate(momentum);
    return reconstruction;
  }
}
