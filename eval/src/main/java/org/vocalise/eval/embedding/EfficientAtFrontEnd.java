package org.vocalise.eval.embedding;

/*
 * The front end of fschmid56/EfficientAT without its augmentations, in the words of docs/models.md.
 */

/** What EfficientAT sees of a signal at 32 kHz: a mel of 100 frames a second. Thread-safe. */
final class EfficientAtFrontEnd {
  static final int SAMPLE_RATE = 32_000;
  static final int BANDS = 128;

  /** A second. */
  static final int WINDOW_FRAMES = 100;

  private static final int N_FFT = 1024;
  private static final int WINDOW = 800;
  private static final int HOP = 320;

  /** Samples needed for the mirrored edges. */
  private static final int SHORTEST = N_FFT / 2 + 2;

  private EfficientAtFrontEnd() {}

  /** The mel, row-major {@code [frames][128]}; no frames of fewer than 514 samples. */
  static float[] mel(float[] signal) {
    if (signal.length < SHORTEST) {
      return new float[0];
    }
    int length = signal.length - 1;
    float[] padded = new float[length + N_FFT];
    for (int i = 0; i < length; i++) {
      padded[N_FFT / 2 + i] = signal[i + 1] - 0.97f * signal[i];
    }
    for (int i = 1; i <= N_FFT / 2; i++) {
      padded[N_FFT / 2 - i] = padded[N_FFT / 2 + i];
      padded[N_FFT / 2 + length - 1 + i] = padded[N_FFT / 2 + length - 1 - i];
    }
    // Centred in the transform; only powers are taken, so that its place there does not matter.
    float[] framed = new float[padded.length];
    int margin = (N_FFT - WINDOW) / 2;
    System.arraycopy(padded, margin, framed, 0, padded.length - margin);
    double[] window = new double[WINDOW];
    for (int n = 0; n < WINDOW; n++) {
      window[n] = 0.5 - 0.5 * StrictMath.cos(2 * Math.PI * n / (WINDOW - 1));
    }
    var bank = new LogMelFrames.Bank(SAMPLE_RATE, BANDS, 0, 15_000);
    float[] values =
        new LogMelFrames(N_FFT, window, HOP, true, bank, 1e-5).compute(framed, 1 + length / HOP);
    for (int i = 0; i < values.length; i++) {
      values[i] = (values[i] + 4.5f) / 5f;
    }
    return values;
  }

  /** Whole seconds of the mel, row-major {@code [seconds][128][100]}. */
  static float[] windows(float[] signal) {
    float[] mel = mel(signal);
    int windows = mel.length / BANDS / WINDOW_FRAMES;
    float[] result = new float[windows * BANDS * WINDOW_FRAMES];
    for (int w = 0; w < windows; w++) {
      for (int t = 0; t < WINDOW_FRAMES; t++) {
        for (int band = 0; band < BANDS; band++) {
          result[(w * BANDS + band) * WINDOW_FRAMES + t] =
              mel[(w * WINDOW_FRAMES + t) * BANDS + band];
        }
      }
    }
    return result;
  }
}
