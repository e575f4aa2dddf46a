package org.vocalise.bench;

import java.io.IOException;
import java.nio.file.Path;
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
import org.vocalise.dsp.audio.AudioFileSource;
import org.vocalise.dsp.audio.AudioFiles;

/** Decoding of a FLAC file: {@code -p flac=FILE}. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up first
public class FlacBenchmark {
  @Param("../shared/data/singing_open/1.Hydrogen_Stem_VOX_LEAD_mobile.flac")
  private String flac;

  private Path file;
  private float[] block;

  /** Prepares a buffer. */
  @Setup
  public void prepare() {
    file = Path.of(flac);
    block = new float[4096];
  }

  /** The whole file, from the file system's cache. */
  @Benchmark
  public long decode() throws IOException {
    long samples = 0;
    try (AudioFileSource source = AudioFiles.open(file)) {
      int count = source.read(block, 0, block.length);
      while (count >= 0) {
        samples += count;
        count = source.read(block, 0, block.length);
      }
    }
    return samples;
  }
}
