package org.vocalise.dsp.phase;

import org.vocalise.dsp.stft.FrameTransform;

/**
 * A waveform for given magnitudes of its short-time spectrum, step by step: a start, then
 * iterations of Griffin-Lim. Frame t covers samples hop t to hop t + nFft - 1 under a centred
 * periodic Hann window. Memory grows with the number of frames. One instance per thread.
 */
public final class PhaseReconstruction {
  private final int nFft;
  private final int windowLength;
  private final int hop;
  private final float[] magnitude;
  private final int frames;
  private final GriffinLimIterations iterations;

  /**
   * Takes the magnitudes {@code [bins][frames]} of plain, unscaled transforms; they are not
   * modified. Begin with one of the starts.
   */
  public PhaseReconstruction(int nFft, int windowLength, int hop, float[] magnitude, int frames) {
    this.nFft = nFft;
    this.windowLength = windowLength;
    this.hop = hop;
    this.magnitude = magnitude;
    this.frames = frames;
    FrameTransform transform =
        new FrameTransform(nFft, windowLength, hop, FrameTransform.DEFAULT_LANES);
    if (frames < 1 || magnitude.length != (long) transform.bins() * frames) {
      throw new IllegalArgumentException(
          magnitude.length + " magnitudes are not " + transform.bins() + " x " + frames);
    }
    SignalEdges edges =
        new SignalEdges(nFft, windowLength, hop, frames, 0, length(), new float[hop][0]);
    float[][][] target = LaneBlocks.cut(magnitude, transform.bins(), frames, transform.lanes());
    iterations = new GriffinLimIterations(transform, hop, frames, target, edges, null);
  }

  /** Starts from uniform random phases. */
  public void startRandom(long seed) {
    float[] phase = new float[magnitude.length];
    Texture.fillUniform(phase, frames, seed, 0);
    iterations.start(phase);
  }

  /** Starts from phases that the magnitudes' gradients suggest, random ones where it is silent. */
  public void startFromGradients(long seed) {
    float[] log = magnitude.clone();
    PhaseGradientHeap.toLog(log);
    float[] phase = new float[magnitude.length];
    new PhaseGradientHeap(nFft, windowLength, hop)
        .integrate(log, frames, phase, 0, PartSynthesis.PHASE_RANGE, seed, 0);
    iterations.start(phase);
  }

  /** Does one iteration: momentum 0 is the classic one, 0.99 the accelerated one. */
  public void iterate(float momentum) {
    iterations.iterate(momentum);
  }

  /** Spectral convergence: |wanted - |STFT|| / |wanted| over all bins, 0 for a perfect signal. */
  public double convergence() {
    return iterations.convergence();
  }

  /** Samples that the frames cover. */
  public int length() {
    return (frames - 1) * hop + nFft;
  }

  /** The signal so far. */
  public float[] samples() {
    float[] samples = new float[length()];
    iterations.signal().get(0, samples, 0, samples.length);
    return samples;
  }
}
