package org.vocalise.dsp.phase;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.vocalise.dsp.mel.MelSource;
import org.vocalise.dsp.mel.MelSpec;
import org.vocalise.dsp.mel.MelValues;
import org.vocalise.dsp.vocoder.SampleSink;
import org.vocalise.dsp.vocoder.Vocoder;

/**
 * The vocoder without a network: magnitudes from the mel, phases by gradient heap integration and
 * Griffin-Lim iterations. Long mels are made in parts of {@link #PART_FRAMES} frames; each part is
 * given the end of the one before as known samples, and its beginning is faded into what that one
 * had made beyond its end, so that the joint is continuous. Thread-safe.
 */
public final class GriffinLim implements Vocoder {
  /** Frames per part of a long mel; up to half as many again are made in one part. */
  public static final int PART_FRAMES = 1024;

  /** Frames before and after a part that are made with it. */
  private static final int CONTEXT = 32;

  /** Columns of one hop over which two parts are faded. */
  private static final int FADE = 4;

  /** Hears how the reconstruction converges, on the thread that synthesises. */
  @FunctionalInterface
  public interface Listener {
    /**
     * Takes the spectral convergence |target - |STFT|| / |target| of the signal.
     *
     * @param firstFrame first frame of the part
     * @param iteration 0 after the start
     */
    void converged(long firstFrame, int iteration, double convergence);
  }

  private final MelSpec spec;
  private final GriffinLimOptions options;
  private final Listener listener;
  private final boolean listened;

  /** Prepares a vocoder for mels of one spec. */
  public GriffinLim(MelSpec spec, GriffinLimOptions options) {
    this(spec, options, (firstFrame, iteration, convergence) -> {}, false);
  }

  /** Prepares a vocoder that reports its convergence, which costs a transform an iteration. */
  public GriffinLim(MelSpec spec, GriffinLimOptions options, Listener listener) {
    this(spec, options, listener, true);
  }

  private GriffinLim(MelSpec spec, GriffinLimOptions options, Listener listener, boolean listened) {
    if (spec.hop() * 2 > spec.windowLength()) {
      throw new IllegalArgumentException(
          "hop "
              + spec.hop()
              + " is over half the window of "
              + spec.windowLength()
              + ": frames overlap too little to find their phases");
    }
    this.spec = spec;
    this.options = options;
    this.listener = listener;
    this.listened = listened;
  }

  @Override
  public MelSpec spec() {
    return spec;
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("engine", "griffin-lim");
    settings.putAll(options.asMap());
    return settings;
  }

  @Override
  public void vocode(MelSource mel, SampleSink sink) throws IOException, InterruptedException {
    if (!mel.spec().equals(spec)) {
      throw new IllegalArgumentException("mel of " + mel.spec() + ", the vocoder takes " + spec);
    }
    PartSynthesis synthesis = new PartSynthesis(spec, options, listened ? listener : null);
    Output output = new Output(sink, mel.frames());
    int hop = spec.hop();
    int overlap = (spec.nFft() + hop - 1) / hop;
    long total = mel.frames();
    long begin = 0;
    float[][] known = new float[hop][0];
    float[][] beyond = new float[hop][0];
    while (begin < total) {
      boolean last = total - begin <= PART_FRAMES + PART_FRAMES / 2;
      long end = last ? total : begin + PART_FRAMES;
      int before = known[0].length;
      long from = begin - before;
      int frames = (int) ((last ? total : end + CONTEXT) - from);
      float[] values = new float[spec.bands() * frames];
      mel.read(from, frames, values);
      MelValues.toLinear(values, values.length, spec.log(), spec);
      float[][] rows = synthesis.part(values, frames, from, known, from == 0, last);
      fade(beyond, rows, before);
      int core = (int) (end - begin) + (last ? overlap : 0);
      output.columns(rows, before, Math.min(core, rows[0].length - before));
      if (!last) {
        known = slice(rows, before + core - CONTEXT, before + core);
        beyond = slice(rows, before + core, before + core + FADE);
      }
      begin = end;
    }
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
  private final class Output {
    private final SampleSink sink;
    private final float[] block = new float[64 * spec.hop()];
    private long position = -spec.pad();
    private final long length;

    Output(SampleSink sink, long frames) {
      this.sink = sink;
      length = frames * spec.hop();
    }

    void columns(float[][] rows, int first, int count) throws IOException {
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
}
