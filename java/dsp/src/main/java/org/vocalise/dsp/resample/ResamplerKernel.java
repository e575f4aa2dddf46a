package org.vocalise.dsp.resample;

/**
 * The low-pass filter with which a {@link Resampler} interpolates. Both are sincs under a window,
 * linear in phase and without delay.
 */
public enum ResamplerKernel {
  /**
   * torchaudio's default, {@code sinc_interp_hann}: Hann window over 6 zero crossings each side,
   * cutoff at 0.99 of the lower Nyquist frequency. Mels of the brief pass through it. Its
   * transition is wide: 0.5 dB down at 0.8 of that frequency, 2.8 dB at 0.913, and only 14 dB at
   * 1.1.
   */
  SINC_HANN("sinc-hann width 6 rolloff 0.99 (torchaudio)") {
    @Override
    WindowedSinc filter(int from, int to) {
      return WindowedSinc.hann(6, 0.99 * Math.min(1.0, to / (double) from));
    }

    @Override
    double position(int phase, int from, int to) {
      // transforms.Resample divides in single precision here, and only here (torchaudio 2.11).
      return (double) (float) (phase / (double) to) * from;
    }
  },

  /**
   * The same as torchaudio's {@code functional.resample} has it, whose tables are computed in
   * single precision: 80 dB down another filter. Frechet audio distances of the brief pass through
   * it.
   */
  SINC_HANN_SINGLE("sinc-hann width 6 rolloff 0.99 in float32 (torchaudio.functional)") {
    @Override
    WindowedSinc filter(int from, int to) {
      return SINC_HANN.filter(from, to);
    }

    @Override
    double position(int phase, int from, int to) {
      return phase * (double) from / to;
    }

    @Override
    double weight(WindowedSinc filter, long tap, int phase, int from, int to) {
      float base = (float) (0.99 * Math.min(from, to));
      float time = (-phase / (float) to + tap / (float) from) * base;
      time = Math.max(-6f, Math.min(6f, time));
      float cosine = (float) StrictMath.cos(time * (float) Math.PI / 6f / 2f);
      float angle = time * (float) Math.PI;
      float sinc = angle == 0 ? 1 : (float) StrictMath.sin(angle) / angle;
      return sinc * (cosine * cosine * (float) (0.99 * Math.min(from, to) / from));
    }
  },

  /**
   * For measuring and listening, in the place of soxr's HQ: Kaiser window, flat within 0.001 dB up
   * to 0.913 of the lower Nyquist frequency, at least 120 dB down from that frequency on.
   */
  KAISER("sinc-kaiser pass 0.913 stop 1.0 of Nyquist, 125 dB") {
    @Override
    WindowedSinc filter(int from, int to) {
      double lower = Math.min(1.0, to / (double) from);
      return WindowedSinc.kaiser(125, 0.913 * lower, lower);
    }

    @Override
    double position(int phase, int from, int to) {
      return phase * (double) from / to;
    }
  };

  private final String description;

  ResamplerKernel(String description) {
    this.description = description;
  }

  /** Name and parameters, as manifests and reports state them. */
  public String description() {
    return description;
  }

  /** The filter for a ratio of rates, as a function of time in input samples. */
  abstract WindowedSinc filter(int from, int to);

  /** Where output sample {@code phase}, below {@code to}, lies: in input samples. */
  abstract double position(int phase, int from, int to);

  /** Weight of input sample {@code tap} in output sample {@code phase}, below {@code to}. */
  double weight(WindowedSinc filter, long tap, int phase, int from, int to) {
    return filter.at(tap - position(phase, from, to));
  }
}
