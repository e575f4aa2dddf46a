package org.vocalise.inference;

import ai.onnxruntime.OnnxTensor;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Map;
import org.vocalise.dsp.mel.FrameBuffer;
import org.vocalise.dsp.vocoder.SampleSink;

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
  private final ArrayDeque<Pending> pending = new ArrayDeque<>();
  private float[] given = {};
  private long next;
  private boolean finished;

  VocoderStream(OnnxVocoder vocoder, SampleSink sink) {
    this.vocoder = vocoder;
    metadata = vocoder.metadata();
    mel = new FrameBuffer(metadata.spec().bands());
    output = ChunkOutput.of(metadata, vocoder.model().file(), sink);
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
    int context = metadata.contextFrames();
    while (mel.end() >= next + metadata.chunkFrames() + context) {
      start(next + metadata.chunkFrames(), next + metadata.chunkFrames() + context);
    }
  }

  /** Makes all samples that are still to come. */
  public void finish() throws IOException, InterruptedException {
    finished = true;
    while (next < mel.end()) {
      long end = Math.min(mel.end(), next + metadata.chunkFrames());
      start(end, Math.min(mel.end(), end + metadata.contextFrames()));
    }
    while (!pending.isEmpty()) {
      complete();
    }
    output.finish();
  }

  private void start(long end, long to) throws IOException, InterruptedException {
    Chunk chunk = new Chunk(next, end, Math.max(0, next - metadata.contextFrames()), to);
    int frames = chunk.given();
    int size = metadata.spec().bands() * frames;
    given = given.length < size ? new float[size] : given;
    mel.copy(chunk.from(), frames, given);
    ChunkBuffers buffers = vocoder.lend();
    try {
      OnnxTensor input = buffers.mel(frames);
      buffers.melValues().put(0, given, 0, size);
      Map<String, OnnxTensor> outputs = buffers.outputs(frames);
      ModelRun run = vocoder.model().start(Map.of(ModelCheck.INPUT, input), outputs);
      pending.add(new Pending(chunk, buffers, run));
    } catch (IOException | RuntimeException e) {
      vocoder.giveBack(buffers);
      throw e;
    }
    next = end;
    mel.dropBefore(next - metadata.contextFrames());
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
