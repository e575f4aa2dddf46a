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
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.mel.Mel;
import org.vocalise.dsp.mel.MelExtractor;
import org.vocalise.dsp.mel.MelSpec;

/** Mel spectrogram of ten seconds. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first
public class MelBenchmark {
  @Param({"NTU", "HIFIGAN"})
  private String preset;

  private MelExtractor extractor;
  private Waveform waveform;

  /** Prepares an extractor and a signal. */
  @Setup
  public void prepare() {
    extractor = new MelExtractor(preset.equals("NTU") ? MelSpec.NTU : MelSpec.HIFIGAN);
    waveform = Signals.seconds(10);
  }

  /** From samples to mel. */
  @Benchmark
  public Mel extract() {
    return extractor.extract(waveform);
  }
}
