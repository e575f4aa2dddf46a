package org.vocalise.eval.embedding;

/*
 * The constants of tensorflow/models' vggish_params, the same in every port: frames of 25 ms every
 * 10 ms, periodic Hann, 512-point magnitudes, 64 bands from 125 to 7500 Hz, ln(mel + 0.01), patches
 * of 96 frames without overlap.
 */

/**
 * What VGGish sees of a signal at 16 kHz: patches of 0.96 s. What is left at the end is dropped.
 * Thread-safe.
 */
final class VggishFrontEnd {
  static final int SAMPLE_RATE = 16_000;
  static final int PATCH_FRAMES = 96;
  static final int BANDS = 64;
  private static final int FRAME = 400;
  private static final int HOP = 160;
  private static final int N_FFT = 512;

  private VggishFrontEnd() {}

  /** Patches, row-major {@code [patches][96][64]}; none of fewer than 15600 samples. */
  static float[] patches(float[] signal) {
    int frames = signal.length < FRAME ? 0 : 1 + (signal.length - FRAME) / HOP;
    int used = frames / PATCH_FRAMES * PATCH_FRAMES;
    double[] window = new double[FRAME];
    for (int n = 0; n < FRAME; n++) {
      window[n] = 0.5 - 0.5 * StrictMath.cos(2 * Math.PI * n / FRAME);
    }
    var bank = new LogMelFrames.Bank(SAMPLE_RATE, BANDS, 125, 7500);
    return new LogMelFrames(N_FFT, window, HOP, false, bank, 0.01).compute(signal, used);
  }
}
