package org.vocalise.cli.bench;

import org.vocalise.dsp.phase.PhaseReconstruction;
import org.vocalise.dsp.stft.FrameTransform;
import org.vocalise.dsp.stft.PolyphaseSignal;

/**
 * The spectrum of a clip without its phases.
 *
 * @param values {@code [bins][frames]}
 * @param frames number of frames
 */
@SuppressWarnings("ArrayRecordComponent") // equality is not used
record Magnitudes(float[] values, int frames) {
  private static final int N_FFT = 1024;
  private static final int HOP = 256;

  /** Analyses a signal with half a frame of zeros on both sides, as the peers centre theirs. */
  static Magnitudes of(float[] samples) {
    int frames = 1 + samples.length / HOP;
    FrameTransform transform = new FrameTransform(N_FFT, N_FFT, HOP, FrameTransform.DEFAULT_LANES);
    PolyphaseSignal signal = new PolyphaseSignal(HOP, transform.columns(frames));
    signal.put(N_FFT / 2 / HOP, samples, 0, samples.length);
    float[] values = new float[transform.bins() * frames];
    for (int first = 0; first < frames; first += transform.lanes()) {
      int group = first / transform.lanes() % 2;
      if (group == 0) {
        transform.analyse(signal, first);
      }
      int count = Math.min(transform.lanes(), frames - first);
      for (int k = 0; k < transform.bins(); k++) {
        float[] re = transform.re(group)[k];
        float[] im = transform.im(group)[k];
        for (int q = 0; q < count; q++) {
          values[k * frames + first + q] = (float) Math.sqrt(re[q] * re[q] + im[q] * im[q]);
        }
      }
    }
    return new Magnitudes(values, frames);
  }

  /** A new search for the phases. */
  PhaseReconstruction reconstruction() {
    return new PhaseReconstruction(N_FFT, N_FFT, HOP, values, frames);
  }
}
