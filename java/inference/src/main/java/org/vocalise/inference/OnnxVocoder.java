package org.vocalise.inference;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.io.InputException;
import org.vocalise.dsp.mel.MelSource;
import org.vocalise.dsp.mel.MelSpec;
import org.vocalise.dsp.phase.MagnitudeOptions;
import org.vocalise.dsp.phase.MagnitudeVocoder;
import org.vocalise.dsp.vocoder.SampleSink;
import org.vocalise.dsp.vocoder.Vocoder;

/**
 * A neural vocoder in an ONNX file. Mels are made in chunks, whose length the model's metadata
 * says, with as many frames of context as the network sees: the result is that of a run over the
 * whole mel, in memory that does not depend on its length. The chunks depend on the number of
 * frames alone, and each runs on one thread: the same mel gives the same bytes, however many chunks
 * are made at a time. Thread-safe; {@link #close()} waits for the chunks in progress.
 */
public final class OnnxVocoder implements Vocoder {
  private final OnnxModel model;
  private final ModelMetadata metadata;
  private final int chunksAtATime;
  private final @Nullable String fallback;
  private final ConcurrentLinkedDeque<ChunkBuffers> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  private OnnxVocoder(
      OnnxModel model, ModelMetadata metadata, int chunksAtATime, @Nullable String fallback) {
    this.model = model;
    this.metadata = metadata;
    this.chunksAtATime = chunksAtATime;
    this.fallback = fallback;
  }

  /** Opens a model on the processor. */
  public static OnnxVocoder open(Path file) throws IOException {
    return open(file, new Device.Cpu(), 1);
  }

  /**
   * Opens a model and runs it once, so that one that can't work is refused here.
   *
   * @param chunksAtATime chunks of one mel that are made at the same time, a core each
   * @throws InputException if the file is no vocoder of ours; it names what is wrong and the cure
   * @throws IOException if ONNX Runtime, or CUDA, can't be loaded
   */
  public static OnnxVocoder open(Path file, Device device, int chunksAtATime) throws IOException {
    if (chunksAtATime < 1) {
      throw new IllegalArgumentException("chunksAtATime " + chunksAtATime + " is not positive");
    }
    ModelMetadata metadata = ModelMetadata.of(OnnxFile.read(file));
    if (device instanceof Device.Auto) {
      try {
        return open(file, metadata, new Device.Cuda(0), chunksAtATime, null);
      } catch (IOException e) {
        return open(file, metadata, new Device.Cpu(), chunksAtATime, e.getMessage());
      }
    }
    return open(file, metadata, device, chunksAtATime, null);
  }

  private static OnnxVocoder open(
      Path file, ModelMetadata metadata, Device device, int chunksAtATime, @Nullable String why)
      throws IOException {
    OnnxModel model = OnnxModel.open(file, device);
    OnnxVocoder vocoder = new OnnxVocoder(model, metadata, chunksAtATime, why);
    try {
      ModelCheck.check(model, metadata);
      vocoder.tryIt();
      return vocoder;
    } catch (IOException | RuntimeException e) {
      vocoder.close();
      throw e;
    }
  }

  /**
   * Finds what only a run shows: outputs of another size, weights of NaN, a CUDA without cuDNN. A
   * GPU gets the length of all later runs, to be warm for them.
   */
  private void tryIt() throws IOException {
    int frames = equalLengths() ? metadata.chunkFrames() + 2 * metadata.contextFrames() : 1;
    float[] mel = new float[Math.multiplyExact(spec().bands(), frames)];
    try (VocoderStream stream = stream((samples, offset, length) -> {})) {
      stream.accept(mel, frames);
      stream.finish();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("opening " + model.file() + " was interrupted", e);
    } catch (InputException e) {
      throw e;
    } catch (IOException e) {
      if (model.device() instanceof Device.Cuda) {
        // cuDNN is opened by the first convolution.
        String reason = String.valueOf(e.getMessage());
        throw new IOException(OnnxRuntime.cudaFailed(model.device().toString(), reason), e);
      }
      throw (InputException)
          new InputException(model.file(), "a trial run fails: " + e.getMessage()).initCause(e);
    }
  }

  /** What the model says of itself. */
  public ModelMetadata metadata() {
    return metadata;
  }

  /** Where the model runs: CPU or CUDA. */
  public Device device() {
    return model.device();
  }

  /** Why the model runs on the processor although a GPU would do; null if there is no such why. */
  public @Nullable String fallback() {
    return fallback;
  }

  @Override
  public MelSpec spec() {
    return metadata.spec();
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("engine", "onnx");
    settings.put("model", metadata.name());
    settings.put("architecture", metadata.architecture());
    settings.put("output", metadata.output().name().toLowerCase(Locale.ROOT));
    settings.put("weights_sha256", metadata.weightsSha256());
    settings.put("onnxruntime", OnnxRuntime.version());
    settings.put("device", model.device() instanceof Device.Cpu ? "cpu" : "cuda");
    if (metadata.output() == OutputKind.MAGNITUDE) {
      settings.put("phase", MagnitudeOptions.DEFAULT.asMap());
    }
    return settings;
  }

  @Override
  public void vocode(MelSource mel, SampleSink sink) throws IOException, InterruptedException {
    if (!mel.spec().equals(spec())) {
      throw new InputException(model.file(), SpecMismatch.describe(spec(), mel.spec()));
    }
    push(mel, stream(sink));
  }

  /**
   * Runs the network alone, over a mel of the model's spec and chunk by chunk as {@link #vocode}
   * does, and drops what it makes: for measurements.
   */
  public void runNetwork(MelSource mel) throws IOException, InterruptedException {
    ChunkOutput none = ChunkOutput.none(metadata, model.file());
    push(mel, new VocoderStream(this, metadata.chunkFrames(), equalLengths(), none));
  }

  private void push(MelSource mel, VocoderStream pushed) throws IOException, InterruptedException {
    int chunk = metadata.chunkFrames();
    float[] block = new float[Math.multiplyExact(spec().bands(), chunk)];
    try (VocoderStream stream = pushed) {
      for (long first = 0; first < mel.frames(); first += chunk) {
        int frames = (int) Math.min(chunk, mel.frames() - first);
        mel.read(first, frames, block);
        stream.accept(block, frames);
      }
      stream.finish();
    }
  }

  /**
   * Begins a waveform whose mel comes piece by piece. The samples are those of {@link #vocode}.
   *
   * @param sink takes hop x frames samples
   */
  public VocoderStream stream(SampleSink sink) {
    return stream(metadata.chunkFrames(), sink);
  }

  /**
   * Begins a waveform in chunks of another length than the model's: shorter ones give sound sooner,
   * and take more time in all. The samples are those of {@link #vocode} to 1e-6; they are the same
   * however the frames are pushed.
   *
   * @param chunkFrames frames of a chunk, without its context
   */
  public VocoderStream stream(int chunkFrames, SampleSink sink) {
    if (chunkFrames < 1) {
      throw new IllegalArgumentException("chunkFrames " + chunkFrames + " is not positive");
    }
    ChunkOutput output = ChunkOutput.of(metadata, model.file(), sink);
    return new VocoderStream(this, chunkFrames, equalLengths(), output);
  }

  private boolean equalLengths() {
    return model.device() instanceof Device.Cuda;
  }

  /** Frames that must have come before a stream gives its first sample. */
  public int latencyFrames() {
    return latencyFrames(metadata.chunkFrames());
  }

  /** The same for a stream with chunks of another length. */
  public int latencyFrames(int chunkFrames) {
    InverseStft inverse = metadata.inverseStft();
    int first =
        switch (metadata.output()) {
          case AUDIO -> 1;
          case COMPLEX -> inverse == null ? 1 : inverse.pad() / inverse.hop() + 1;
          case MAGNITUDE -> MagnitudeVocoder.latencyFrames();
        };
    int chunks = (first + chunkFrames - 1) / chunkFrames + chunksAtATime - 1;
    int context = metadata.contextFrames();
    int least = equalLengths() ? chunkFrames + 2 * context : 0;
    return Math.max(least, chunks * chunkFrames + context);
  }

  OnnxModel model() {
    return model;
  }

  int chunksAtATime() {
    return chunksAtATime;
  }

  /** Lends buffers that an earlier chunk has used, or new ones. */
  ChunkBuffers lend() {
    ChunkBuffers buffers = idle.poll();
    return buffers == null ? new ChunkBuffers(metadata) : buffers;
  }

  /** Takes buffers back that no run uses any more. */
  void giveBack(ChunkBuffers buffers) {
    idle.push(buffers);
    if (closed) {
      freeIdle();
    }
  }

  private void freeIdle() {
    for (ChunkBuffers buffers = idle.poll(); buffers != null; buffers = idle.poll()) {
      buffers.close();
    }
  }

  @Override
  public void close() {
    closed = true;
    model.close();
    freeIdle();
  }
}
