package org.vocalise.dsp.phase;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.mel.FrameBuffer;
import org.vocalise.dsp.mel.MelSpec;
import org.vocalise.dsp.mel.MelValues;
import org.vocalise.dsp.vocoder.SampleSink;

/**
 * Makes a signal of any length in parts of {@link GriffinLim#PART_FRAMES} frames, as frames are
 * pushed. Each part is given the end of the one before as known samples, and its beginning is faded
 * into what that one had made beyond its end, so that the joint is continuous. The borders of the
 * parts depend on the number of frames alone, not on how they are pushed. One instance per signal.
 */
final class PartStream {
  /** Frames before and after a part that are made with it. */
  private static final int CONTEXT = 32;

  /** Columns of one hop over which two parts are faded. */
  private static final int FADE = 4;

  /** Frames that are made in one part where they are the last. */
  static final int LONGEST_PART = GriffinLim.PART_FRAMES + GriffinLim.PART_FRAMES / 2;

  private final MelSpec spec;
  private final PartSynthesis synthesis;
  private final SampleSink sink;
  private final FrameBuffer mel;
  private final @Nullable EstimatedMagnitudes estimate;
  private final @Nullable FrameBuffer magnitudes;
  private final float[] block;

  private float[][] known;
  private float[][] beyond;
  private long begin;
  private long position;

  /**
   * Prepares a signal.
   *
   * @param estimate completes the magnitudes that are pushed with the mel; null where they are
   *     found from it
   */
  PartStream(
      MelSpec spec,
      PartSynthesis synthesis,
      @Nullable EstimatedMagnitudes estimate,
      SampleSink sink) {
    this.spec = spec;
    this.synthesis = synthesis;
    this.sink = sink;
    mel = new FrameBuffer(spec.bands());
    this.estimate = estimate;
    magnitudes = estimate == null ? null : new FrameBuffer(spec.bins());
    block = new float[64 * spec.hop()];
    known = new float[spec.hop()][0];
    beyond = new float[spec.hop()][0];
    position = -spec.pad();
  }

  /**
   * Takes the next frames.
   *
   * @param melValues {@code [bands][frames]} in the spec's own unit
   * @param magnitudeValues {@code [bins][frames]}; null where magnitudes are found from the mel
   */
  void accept(float[] melValues, float @Nullable [] magnitudeValues, int frames)
      throws IOException, InterruptedException {
    mel.append(melValues, frames);
    if (magnitudes != null && magnitudeValues != null) {
      magnitudes.append(magnitudeValues, frames);
    }
    while (mel.end() - begin > LONGEST_PART) {
      part(begin + GriffinLim.PART_FRAMES, begin + GriffinLim.PART_FRAMES + CONTEXT, false);
    }
  }

  /** Makes what remains. */
  void finish() throws IOException, InterruptedException {
    if (mel.end() > begin) {
      part(mel.end(), mel.end(), true);
    }
  }

  private void part(long end, long to, boolean last) throws IOException, InterruptedException {
    int hop = spec.hop();
    int before = known[0].length;
    long from = begin - before;
    int frames = (int) (to - from);
    float[] values = new float[spec.bands() * frames];
    mel.copy(from, frames, values);
    MelValues.toLinear(values, values.length, spec.log(), spec);
    float[] magnitude = null;
    if (magnitudes != null && estimate != null) {
      magnitude = new float[spec.bins() * frames];
      magnitudes.copy(from, frames, magnitude);
      estimate.complete(values, magnitude, frames, from);
    }
    float[][] rows = synthesis.part(values, magnitude, frames, from, known, from == 0, last);
    fade(beyond, rows, before);
    int overlap = (spec.nFft() + hop - 1) / hop;
    int core = (int) (end - begin) + (last ? overlap : 0);
    pass(
        rows,
        before,
        Math.min(core, rows[0].length - before),
        last ? end * hop : Long.MAX_VALUE / 2);
    if (!last) {
      known = slice(rows, before + core - CONTEXT, before + core);
      beyond = slice(rows, before + core, before + core + FADE);
      mel.dropBefore(end - CONTEXT);
      if (magnitudes != null) {
        magnitudes.dropBefore(end - CONTEXT);
      }
    }
    begin = end;
  }

  private static void fade(float[][] old, float[][] rows, int first) {
    int columns = old[0].length;
    int length = columns * rows.length;
    for (int c = 0; c < columns; c++) {
      for (int r = 0; r < rows.length; r++) {
        float share = (c * rows.length + r + 0.5f) / length;
        rows[r][first + c] = share * rows[r][first + c] + (1 - share) * old[r][c];
      }
    }
  }

  private static float[][] slice(float[][] rows, int from, int to) {
    float[][] part = new float[rows.length][];
    for (int r = 0; r < rows.length; r++) {
      part[r] = Arrays.copyOfRange(rows[r], from, to);
    }
    return part;
  }

  /** Passes columns on as samples, without the padding before and after the signal. */
  private void pass(float[][] rows, int first, int count, long length) throws IOException {
    for (int c = 0; c < count; c += 64) {
      int columns = Math.min(64, count - c);
      for (int r = 0; r < rows.length; r++) {
        for (int i = 0; i < columns; i++) {
          block[i * rows.length + r] = rows[r][first + c + i];
        }
      }
      int size = columns * rows.length;
      int from = (int) Math.max(0, Math.min(size, -position));
      int to = (int) Math.max(from, Math.min(size, length - position));
      if (to > from) {
        sink.accept(block, from, to - from);
      }
      position += size;
    }
  }
}
