package org.vocalise.inference;

import java.io.IOException;
import java.nio.file.Path;
import org.vocalise.dsp.io.InputException;
import org.vocalise.dsp.phase.MagnitudeOptions;
import org.vocalise.dsp.phase.MagnitudeVocoder;
import org.vocalise.dsp.vocoder.SampleSink;

/** Makes samples of what a network has made of the chunks of a mel, in their order. */
abstract sealed class ChunkOutput {
  private final Path file;

  private ChunkOutput(Path file) {
    this.file = file;
  }

  /** The output of a model. */
  static ChunkOutput of(ModelMetadata metadata, Path file, SampleSink sink) {
    InverseStft inverse = metadata.inverseStft();
    if (inverse != null) {
      return new Complex(file, inverse, sink);
    }
    return metadata.output() == OutputKind.AUDIO
        ? new Audio(file, metadata.samplesPerFrame(), sink)
        : new Magnitude(file, metadata, sink);
  }

  /** Drops what the network has made, once it has been copied as every output is. */
  static ChunkOutput none(ModelMetadata metadata, Path file) {
    return new None(file, metadata);
  }

  abstract void accept(Chunk chunk, ChunkBuffers buffers) throws IOException, InterruptedException;

  void finish() throws IOException, InterruptedException {}

  /** Copies an output {@code [rows][frames given]}; refuses NaN and infinity. */
  final float[] read(ChunkBuffers buffers, String output, int rows, Chunk chunk, float[] values)
      throws IOException {
    int frames = chunk.given();
    float[] target = values.length < rows * frames ? new float[rows * frames] : values;
    buffers.get(output, target, rows * frames);
    for (int i = 0; i < rows * frames; i++) {
      if (!(Math.abs(target[i]) <= Float.MAX_VALUE)) {
        throw new InputException(
            file,
            "output " + output + ", frames " + chunk.from() + " to " + (chunk.to() - 1),
            target[i]
                + ": the model's weights are damaged, or the mel is far from any recording's");
      }
    }
    return target;
  }

  /** No samples. */
  private static final class None extends ChunkOutput {
    private final ModelMetadata metadata;
    private float[] values = {};

    None(Path file, ModelMetadata metadata) {
      super(file);
      this.metadata = metadata;
    }

    @Override
    void accept(Chunk chunk, ChunkBuffers buffers) throws IOException {
      boolean audio = metadata.output() == OutputKind.AUDIO;
      int rows = audio ? metadata.samplesPerFrame() : buffers.bins();
      for (String output : metadata.output().outputs()) {
        values = read(buffers, output, rows, chunk, values);
      }
    }
  }

  /** Samples as they are. */
  private static final class Audio extends ChunkOutput {
    private final int hop;
    private final SampleSink sink;
    private float[] samples = {};

    Audio(Path file, int hop, SampleSink sink) {
      super(file);
      this.hop = hop;
      this.sink = sink;
    }

    @Override
    void accept(Chunk chunk, ChunkBuffers buffers) throws IOException {
      samples = read(buffers, "audio", hop, chunk, samples);
      sink.accept(samples, chunk.before() * hop, chunk.frames() * hop);
    }
  }

  /** Spectra, to be transformed back. */
  private static final class Complex extends ChunkOutput {
    private final OverlapAdd overlapAdd;
    private final int bins;
    private float[] real = {};
    private float[] imaginary = {};

    Complex(Path file, InverseStft inverse, SampleSink sink) {
      super(file);
      overlapAdd = new OverlapAdd(inverse, sink);
      bins = inverse.bins();
    }

    @Override
    void accept(Chunk chunk, ChunkBuffers buffers) throws IOException {
      real = read(buffers, "real", bins, chunk, real);
      imaginary = read(buffers, "imaginary", bins, chunk, imaginary);
      for (int t = chunk.before(); t < chunk.before() + chunk.frames(); t++) {
        overlapAdd.accept(real, imaginary, t, chunk.given());
      }
    }

    @Override
    void finish() throws IOException {
      overlapAdd.finish();
    }
  }

  /** Magnitudes, which need phases. */
  private static final class Magnitude extends ChunkOutput {
    private final MagnitudeVocoder vocoder;
    private final int bands;
    private final int bins;
    private float[] magnitudes = {};
    private float[] mel = {};

    Magnitude(Path file, ModelMetadata metadata, SampleSink sink) {
      super(file);
      vocoder = new MagnitudeVocoder(metadata.spec(), MagnitudeOptions.DEFAULT, sink);
      bands = metadata.spec().bands();
      bins = metadata.spec().bins();
    }

    @Override
    void accept(Chunk chunk, ChunkBuffers buffers) throws IOException, InterruptedException {
      magnitudes = read(buffers, "magnitude", bins, chunk, magnitudes);
      int size = bands * chunk.given();
      mel = mel.length < size ? new float[size] : mel;
      buffers.melValues().get(0, mel, 0, size);
      crop(magnitudes, bins, chunk);
      crop(mel, bands, chunk);
      vocoder.accept(mel, magnitudes, chunk.frames());
    }

    /** Moves the wanted frames of a matrix {@code [rows][given]} to its beginning. */
    private static void crop(float[] matrix, int rows, Chunk chunk) {
      for (int row = 0; row < rows; row++) {
        int from = row * chunk.given() + chunk.before();
        System.arraycopy(matrix, from, matrix, row * chunk.frames(), chunk.frames());
      }
    }

    @Override
    void finish() throws IOException, InterruptedException {
      vocoder.finish();
    }
  }
}
