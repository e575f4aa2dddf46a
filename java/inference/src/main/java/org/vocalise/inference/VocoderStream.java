package org.vocalise.inference;

import ai.onnxruntime.OnnxTensor;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Map;
import org.vocalise.dsp.mel.FrameBuffer;

/**
 * A waveform in the making: frames of its mel are pushed, and samples come as soon as the frames
 * are there that they depend on. However the frames are pushed, the samples are the same. Not
 * thread-safe; several streams of one vocoder may be used at once.
 */
public final class VocoderStream implements Closeable {
  private record Pending(Chunk chunk, ChunkBuffers buffers, ModelRun run) {}

  private final OnnxVocoder vocoder;
  private final ModelMetadata metadata;
  private final ChunkOutput output;
  private final FrameBuffer mel;
  private final int chunk;
  private final int context;
  private final int least;
  private final ArrayDeque<Pending> pending = new ArrayDeque<>();
  private float[] given = {};
  private long next;
  private boolean finished;

  /**
   * Begins a waveform.
   *
   * @param chunkFrames frames of a chunk without its context
   * @param equalLengths whether all runs get equally many frames, where the mel has so many: GPUs
   *     choose algorithms anew for each length
   * @param output makes samples of what the network makes
   */
  VocoderStream(OnnxVocoder vocoder, int chunkFrames, boolean equalLengths, ChunkOutput output) {
    this.vocoder = vocoder;
    metadata = vocoder.metadata();
    chunk = chunkFrames;
    context = metadata.contextFrames();
    least = equalLengths ? chunk + 2 * context : 0;
    mel = new FrameBuffer(metadata.spec().bands());
    this.output = output;
  }

  /**
   * Takes the next frames and passes on the samples that they complete.
   *
   * @param values {@code [bands][frames]} in the unit of the model's spec
   * @throws InterruptedException if this thread is interrupted; the stream can only be closed then
   * @throws IllegalStateException if the vocoder was closed, or the stream finished
   */
  public void accept(float[] values, int frames) throws IOException, InterruptedException {
    if (finished) {
      throw new IllegalStateException("the stream has been finished");
    }
    mel.append(values, frames);
    while (mel.end() >= Math.max(least, next + chunk + context)) {
      start(next + chunk);
    }
  }

  /** Makes all samples that are still to come. */
  public void finish() throws IOException, InterruptedException {
    finished = true;
    while (next < mel.end()) {
      start(Math.min(mel.end(), next + chunk));
    }
    while (!pending.isEmpty()) {
      complete();
    }
    output.finish();
  }

  private void start(long end) throws IOException, InterruptedException {
    long to = Math.min(mel.end(), Math.max(least, end + context));
    long from = Math.max(0, Math.min(next - context, to - least));
    Chunk piece = new Chunk(next, end, from, to);
    int frames = piece.given();
    int size = metadata.spec().bands() * frames;
    given = given.length < size ? new float[size] : given;
    mel.copy(piece.from(), frames, given);
    ChunkBuffers buffers = vocoder.lend();
    try {
      OnnxTensor input = buffers.mel(frames);
      buffers.melValues().put(0, given, 0, size);
      Map<String, OnnxTensor> outputs = buffers.outputs(frames);
      ModelRun run = vocoder.model().start(Map.of(ModelCheck.INPUT, input), outputs);
      pending.add(new Pending(piece, buffers, run));
    } catch (IOException | RuntimeException e) {
      vocoder.giveBack(buffers);
      throw e;
    }
    next = end;
    mel.dropBefore(next - Math.max(least, context));
    if (pending.size() >= vocoder.chunksAtATime()) {
      complete();
    }
  }

  /** Waits for the oldest chunk and passes its samples on. */
  private void complete() throws IOException, InterruptedException {
    Pending oldest = pending.remove();
    try {
      oldest.run().await();
      output.accept(oldest.chunk(), oldest.buffers());
    } finally {
      vocoder.giveBack(oldest.buffers());
    }
  }

  /** Ends the chunks in progress; what was not finished stays incomplete. */
  @Override
  public void close() {
    for (Pending rest : pending) {
      rest.run().terminate();
      vocoder.giveBack(rest.buffers());
    }
    pending.clear();
  }
}
