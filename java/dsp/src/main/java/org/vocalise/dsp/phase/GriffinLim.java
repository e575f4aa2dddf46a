package org.vocalise.dsp.phase;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.vocalise.dsp.mel.MelSource;
import org.vocalise.dsp.mel.MelSpec;
import org.vocalise.dsp.vocoder.SampleSink;
import org.vocalise.dsp.vocoder.Vocoder;

/**
 * The vocoder without a network: magnitudes from the mel, phases by gradient heap integration and
 * Griffin-Lim iterations. Long mels are made in parts of {@link #PART_FRAMES} frames, joined as
 * {@link PartStream} says. Thread-safe.
 */
public final class GriffinLim implements Vocoder {
  /** Frames per part of a long mel; up to half as many again are made in one part. */
  public static final int PART_FRAMES = 1024;

  private static final int BLOCK_FRAMES = 256;

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
    checkOverlap(spec);
    this.spec = spec;
    this.options = options;
    this.listener = listener;
    this.listened = listened;
  }

  /** Refuses specs whose frames say too little of each other's phases. */
  static void checkOverlap(MelSpec spec) {
    if (spec.hop() * 2 > spec.windowLength()) {
      throw new IllegalArgumentException(
          "hop "
              + spec.hop()
              + " is over half the window of "
              + spec.windowLength()
              + ": frames overlap too little to find their phases");
    }
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
    PartStream stream = new PartStream(spec, synthesis, null, sink);
    float[] block = new float[spec.bands() * BLOCK_FRAMES];
    for (long first = 0; first < mel.frames(); first += BLOCK_FRAMES) {
      int frames = (int) Math.min(BLOCK_FRAMES, mel.frames() - first);
      mel.read(first, frames, block);
      stream.accept(block, null, frames);
    }
    stream.finish();
  }
}
