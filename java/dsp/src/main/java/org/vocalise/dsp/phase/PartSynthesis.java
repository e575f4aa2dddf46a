package org.vocalise.dsp.phase;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.mel.MelFilterbank;
import org.vocalise.dsp.mel.MelSpec;
import org.vocalise.dsp.stft.FrameTransform;
import org.vocalise.dsp.stft.PolyphaseSignal;

/** Makes one part of a signal from its mel. Has working memory: one instance per thread. */
final class PartSynthesis {
  private static final int CORRECTIONS = 10;
  private static final int FIRST_PASS_ITERATIONS = 4;
  private static final float TEXTURE = 0.4f;
  private static final double TEXTURE_FROM_HZ = 2000;

  /** What the first pass makes, to hear the pitch of: silent bins cost it no phases. */
  private static final double PITCH_BELOW_HZ = 3000;

  /** Bins this much (in nepers) below the loudest get random phases. */
  static final float PHASE_RANGE = 16;

  private final MelSpec spec;
  private final GriffinLimOptions options;
  private final GriffinLim.@Nullable Listener listener;
  private final MelFilterbank filterbank;
  private final FrameTransform transform;
  private final LogEnvelope envelope;
  private final MelCorrection correction;
  private final PhaseGradientHeap phases;
  private final HarmonicComb comb;
  private final LeastSquaresInversion leastSquares;
  private final boolean power;
  private final int bins;
  private final int lanes;

  PartSynthesis(MelSpec spec, GriffinLimOptions options, GriffinLim.@Nullable Listener listener) {
    this.spec = spec;
    this.options = options;
    this.listener = listener;
    filterbank = new MelFilterbank(spec);
    lanes = FrameTransform.DEFAULT_LANES;
    bins = spec.bins();
    power = spec.spectrum() == MelSpec.Spectrum.POWER;
    transform = new FrameTransform(spec.nFft(), spec.windowLength(), spec.hop(), lanes);
    envelope = new LogEnvelope(spec, filterbank);
    correction = new MelCorrection(filterbank, lanes);
    phases = new PhaseGradientHeap(spec.nFft(), spec.windowLength(), spec.hop());
    comb = new HarmonicComb(spec);
    leastSquares = new LeastSquaresInversion(filterbank);
  }

  /**
   * Synthesises a part.
   *
   * @param mel linear values {@code [bands][frames]}
   * @param magnitudes {@code [bins][frames]}; null to find them from the mel
   * @param firstFrame number of the first frame in the whole mel
   * @param known samples of the first columns {@code [hop][columns]}, made with the part before
   * @param begins whether the whole mel begins with this part
   * @param ends whether it ends with this part
   * @return samples {@code [hop][columns]} in the padded time of the frames; not to be modified
   *     after the next call
   */
  float[][] part(
      float[] mel,
      float @Nullable [] magnitudes,
      int frames,
      long firstFrame,
      float[][] known,
      boolean begins,
      boolean ends)
      throws InterruptedException {
    boolean silentPadding = spec.padding() == MelSpec.Padding.ZERO;
    SignalEdges edges =
        new SignalEdges(
            spec.nFft(),
            spec.windowLength(),
            spec.hop(),
            frames,
            begins && silentPadding ? spec.pad() : 0,
            ends && silentPadding ? spec.pad() + frames * spec.hop() : Integer.MAX_VALUE,
            known);
    float[][][] melBlocks = LaneBlocks.cut(mel, spec.bands(), frames, lanes);
    MelConsistency consistency =
        new MelConsistency(correction, power, options.consistency(), melBlocks, bins, lanes);
    float[][][] target;
    if (magnitudes != null) {
      target = LaneBlocks.cut(magnitudes, bins, frames, lanes);
    } else if (options.inversion() == GriffinLimOptions.Inversion.SMOOTH) {
      target = magnitudes(smooth(mel, frames, firstFrame, edges, known, consistency), frames);
    } else {
      target = magnitudes(leastSquares(mel, frames), frames);
    }
    if (magnitudes != null || options.inversion() == GriffinLimOptions.Inversion.SMOOTH) {
      consistency.correct(target, CORRECTIONS);
    }
    GriffinLimIterations iterations =
        new GriffinLimIterations(
            transform,
            spec.hop(),
            frames,
            target,
            edges,
            options.consistency() > 0 ? consistency : null);
    iterations.start(startPhases(target, frames, firstFrame, known));
    run(iterations, options.iterations(), firstFrame, listener);
    return iterations.signal().rows();
  }

  private float[] smooth(
      float[] mel,
      int frames,
      long firstFrame,
      SignalEdges edges,
      float[][] known,
      MelConsistency consistency)
      throws InterruptedException {
    float[] log = envelope.of(mel, frames, options.fill());
    if (options.harmonics()) {
      float[][][] target = magnitudes(log, frames);
      consistency.correct(target, CORRECTIONS);
      int end = (int) (PITCH_BELOW_HZ * spec.nFft() / spec.sampleRate());
      for (float[][] block : target) {
        for (int k = end; k < bins; k++) {
          Arrays.fill(block[k], 0);
        }
      }
      GriffinLimIterations iterations =
          new GriffinLimIterations(transform, spec.hop(), frames, target, edges, null);
      iterations.start(startPhases(target, frames, firstFrame, known));
      run(iterations, FIRST_PASS_ITERATIONS, firstFrame, null);
      PolyphaseSignal signal = iterations.signal();
      float[] samples = new float[(frames - 1) * spec.hop() + spec.nFft()];
      signal.get(0, samples, 0, samples.length);
      comb.cut(samples, samples.length, log, frames);
    }
    texture(log, frames, firstFrame);
    return log;
  }

  /** Gives the smooth magnitudes something of the roughness that noise has. */
  private void texture(float[] log, int frames, long firstFrame) {
    int from = (int) (TEXTURE_FROM_HZ * spec.nFft() / spec.sampleRate());
    int to = options.fill() ? bins : Math.min(bins, envelope.bandEnd());
    for (int k = from; k < to; k++) {
      for (int t = 0; t < frames; t++) {
        log[k * frames + t] += TEXTURE * Texture.logRayleigh(options.seed() + 1, k, firstFrame + t);
      }
    }
  }

  private float[] leastSquares(float[] mel, int frames) {
    double[] bands = new double[spec.bands()];
    double[] spectrum = new double[bins];
    float[] log = new float[bins * frames];
    for (int t = 0; t < frames; t++) {
      for (int band = 0; band < bands.length; band++) {
        bands[band] = mel[band * frames + t];
      }
      if (options.inversion() == GriffinLimOptions.Inversion.NNLS) {
        leastSquares.nonNegative(bands, spectrum);
      } else {
        leastSquares.pseudoInverse(bands, spectrum);
      }
      for (int k = 0; k < bins; k++) {
        double magnitude = power ? Math.sqrt(spectrum[k]) : spectrum[k];
        log[k * frames + t] =
            magnitude < 2e-9 ? LogEnvelope.SILENCE : Elementary.log((float) magnitude);
      }
    }
    return log;
  }

  private float[][][] magnitudes(float[] log, int frames) {
    float[] magnitude = new float[log.length];
    for (int i = 0; i < log.length; i++) {
      magnitude[i] = Elementary.exp(log[i]);
    }
    return LaneBlocks.cut(magnitude, bins, frames, lanes);
  }

  private float[] startPhases(float[][][] target, int frames, long firstFrame, float[][] known) {
    float[] phase = new float[bins * frames];
    switch (options.start()) {
      case ZERO -> {}
      case RANDOM -> Texture.fillUniform(phase, frames, options.seed(), firstFrame);
      case PGHI -> {
        float[] log = new float[bins * frames];
        LaneBlocks.join(target, log, frames);
        PhaseGradientHeap.toLog(log);
        int whole = knownPhases(known, frames, phase);
        phases.integrate(log, frames, phase, whole, PHASE_RANGE, options.seed(), firstFrame);
      }
    }
    return phase;
  }

  /** Writes the phases of the frames that lie wholly in known samples; returns their number. */
  private int knownPhases(float[][] known, int frames, float[] phase) {
    int columns = known[0].length;
    int whole = Math.min(frames, Math.max(0, columns - (spec.nFft() - 1) / spec.hop()));
    if (whole == 0) {
      return 0;
    }
    PolyphaseSignal signal = new PolyphaseSignal(spec.hop(), transform.columns(whole));
    for (int r = 0; r < spec.hop(); r++) {
      System.arraycopy(known[r], 0, signal.rows()[r], 0, columns);
    }
    transform.analyse(signal, 0);
    for (int k = 0; k < bins; k++) {
      for (int t = 0; t < whole; t++) {
        float[] re = transform.re(t / lanes)[k];
        float[] im = transform.im(t / lanes)[k];
        double turns = StrictMath.atan2(im[t % lanes], re[t % lanes]) / (2 * Math.PI);
        phase[k * frames + t] = (float) (turns < 0 ? turns + 1 : turns);
      }
    }
    return whole;
  }

  private void run(
      GriffinLimIterations iterations,
      int count,
      long firstFrame,
      GriffinLim.@Nullable Listener heard)
      throws InterruptedException {
    for (int i = 0; i <= count; i++) {
      if (i > 0) {
        iterations.iterate((float) options.momentum());
      }
      if (Thread.interrupted()) {
        throw new InterruptedException("synthesis was interrupted");
      }
      if (heard != null) {
        heard.converged(firstFrame, i, iterations.convergence());
      }
    }
  }
}
