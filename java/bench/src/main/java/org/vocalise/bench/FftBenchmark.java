package org.vocalise.bench;

import java.util.concurrent.TimeUnit;
import org.jtransforms.fft.DoubleFFT_1D;
import org.jtransforms.fft.FloatFFT_1D;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.visnow.jlargearrays.ConcurrencyUtils;
import org.vocalise.dsp.fft.PairedRealFft;
import org.vocalise.dsp.fft.RealFft;

/** Real forward transforms, time per signal: ours over lanes and one at a time, and JTransforms. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first
public class FftBenchmark {
  private static final int LANES = 64;

  @Param({"512", "1024", "2048"})
  private int size;

  private PairedRealFft paired;
  private float[][] lanes;
  private RealFft real;
  private FloatFFT_1D floatPeer;
  private DoubleFFT_1D doublePeer;
  private float[] floats;
  private double[] doubles;
  private double[] re;
  private double[] im;

  /** Prepares one size. */
  @Setup
  public void prepare() {
    ConcurrencyUtils.setNumberOfThreads(1);
    paired = new PairedRealFft(size, LANES);
    lanes = new float[size][];
    for (int n = 0; n < size; n++) {
      lanes[n] = Signals.noise(LANES);
    }
    real = new RealFft(size);
    floatPeer = new FloatFFT_1D(size);
    doublePeer = new DoubleFFT_1D(size);
    floats = Signals.noise(size);
    doubles = new double[size];
    re = new double[size / 2 + 1];
    im = new double[size / 2 + 1];
    fillDoubles();
  }

  /** Two groups of 64 signals at once. */
  @Benchmark
  @OperationsPerInvocation(2 * LANES)
  public float paired() {
    for (int group = 0; group < 2; group++) {
      float[][] samples = paired.samples(group);
      for (int n = 0; n < size; n++) {
        System.arraycopy(lanes[n], 0, samples[n], 0, LANES);
      }
    }
    paired.forward();
    return paired.re(0)[1][0];
  }

  /** One signal in double precision. */
  @Benchmark
  public double real() {
    real.forward(doubles, re, im);
    return re[1];
  }

  /** JTransforms in single precision, the copy of the signal included as in all of these. */
  @Benchmark
  public float jtransformsFloat() {
    float[] copy = floats.clone();
    floatPeer.realForward(copy);
    return copy[2];
  }

  /** JTransforms in double precision. */
  @Benchmark
  public double jtransformsDouble() {
    double[] copy = doubles.clone();
    doublePeer.realForward(copy);
    return copy[2];
  }

  private void fillDoubles() {
    for (int n = 0; n < size; n++) {
      doubles[n] = floats[n];
    }
  }
}
