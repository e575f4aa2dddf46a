package org.vocalise.bench;

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
import org.vocalise.dsp.resample.Resampler;
import org.vocalise.dsp.resample.ResamplerKernel;

/** Ten seconds from one sample rate to another. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first
public class ResamplerBenchmark {
  @Param({"44100", "48000", "24000"})
  private int from;

  @Param({"SINC_HANN", "KAISER"})
  private String kernel;

  private Resampler resampler;
  private float[] signal;

  /** Prepares the filter. */
  @Setup
  public void prepare() {
    resampler = new Resampler(from, Signals.RATE, ResamplerKernel.valueOf(kernel));
    signal = Signals.noise(10 * from);
  }

  /** The whole signal. */
  @Benchmark
  public float[] resample() {
    return resampler.resample(signal);
  }
}
