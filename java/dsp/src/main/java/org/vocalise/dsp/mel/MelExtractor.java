package org.vocalise.dsp.mel;

import java.io.IOException;
import org.vocalise.dsp.audio.AudioSource;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.audio.WaveformSource;
import org.vocalise.dsp.fft.RealFft;
import org.vocalise.dsp.stft.HannWindow;

/**
 * Makes mel spectrograms as a {@link MelSpec} defines them, in memory that does not depend on the
 * length of the signal. One instance per thread; it may be used again.
 */
public final class MelExtractor {
  private static final int BLOCK_FRAMES = 128;

  private final MelSpec spec;
  private final MelFilterbank filterbank;
  private final RealFft fft;
  private final double[] window;
  private final double[] frame;
  private final double[] re;
  private final double[] im;
  private final double[] spectrum;
  private final float[] values;

  /** Prepares tables and buffers for one spec. */
  public MelExtractor(MelSpec spec) {
    this.spec = spec;
    filterbank = new MelFilterbank(spec);
    fft = new RealFft(spec.nFft());
    window = HannWindow.centred(spec.windowLength(), spec.nFft());
    frame = new double[spec.nFft()];
    re = new double[spec.bins()];
    im = new double[spec.bins()];
    spectrum = new double[spec.bins()];
    values = new float[spec.bands() * BLOCK_FRAMES];
  }

  /** The definition of the values. */
  public MelSpec spec() {
    return spec;
  }

  /** The mel of a waveform at the spec's rate; it has no frames when the signal is too short. */
  public Mel extract(Waveform waveform) {
    int frames = Math.toIntExact(spec.frames(waveform.samples().length));
    float[] all = new float[spec.bands() * frames];
    int[] done = {0};
    try {
      extract(
          new WaveformSource(waveform),
          (part, count) -> {
            for (int band = 0; band < spec.bands(); band++) {
              System.arraycopy(part, band * count, all, band * frames + done[0], count);
            }
            done[0] += count;
          });
    } catch (IOException e) {
      throw new AssertionError("memory can be read", e);
    }
    return new Mel(all, frames, spec);
  }

  /** Passes the mel of a waveform at the spec's rate to a sink; returns the number of frames. */
  public long extract(Waveform waveform, FrameSink sink) throws IOException {
    return extract(new WaveformSource(waveform), sink);
  }

  /**
   * Passes the mel of a signal to a sink, block by block.
   *
   * @param source a signal at the spec's rate, read to its end, not closed
   * @return number of frames; 0 when the signal is too short for one
   * @throws IllegalArgumentException if the source has another rate
   */
  public long extract(AudioSource source, FrameSink sink) throws IOException {
    if (source.sampleRate() != spec.sampleRate()) {
      throw new IllegalArgumentException(
          "signal at " + source.sampleRate() + " Hz, the mel is defined at " + spec.sampleRate());
    }
    PaddedReader reader = new PaddedReader(source, spec);
    int span = (BLOCK_FRAMES - 1) * spec.hop() + spec.nFft();
    float[] samples = new float[span];
    long frames = 0;
    int have = reader.read(samples, 0, span);
    while (have >= spec.nFft()) {
      int count = Math.min(BLOCK_FRAMES, 1 + (have - spec.nFft()) / spec.hop());
      emit(samples, count, sink);
      frames += count;
      int used = count * spec.hop();
      System.arraycopy(samples, used, samples, 0, have - used);
      have -= used;
      int more = reader.read(samples, have, span - have);
      if (more == 0) {
        break;
      }
      have += more;
    }
    return frames;
  }

  private void emit(float[] samples, int count, FrameSink sink) throws IOException {
    for (int t = 0; t < count; t++) {
      int start = t * spec.hop();
      for (int n = 0; n < frame.length; n++) {
        frame[n] = samples[start + n] * window[n];
      }
      fft.forward(frame, re, im);
      measure();
      for (int band = 0; band < spec.bands(); band++) {
        int first = filterbank.firstBin(band);
        double sum = 0;
        for (int i = 0; i < filterbank.width(band); i++) {
          sum += spectrum[first + i] * filterbank.weight(band, i);
        }
        values[band * count + t] = (float) sum;
      }
    }
    MelValues.fromLinear(values, spec.bands() * count, spec);
    sink.accept(values, count);
  }

  private void measure() {
    int end = filterbank.endBin();
    for (int k = 0; k < end; k++) {
      spectrum[k] = re[k] * re[k] + im[k] * im[k];
    }
    if (spec.spectrum() == MelSpec.Spectrum.POWER) {
      return;
    }
    double offset = spec.spectrum() == MelSpec.Spectrum.MAGNITUDE_EPS ? 1e-9 : 0;
    for (int k = 0; k < end; k++) {
      spectrum[k] = Math.sqrt(spectrum[k] + offset);
    }
  }
}
