package org.vocalise.dsp.phase;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vocalise.dsp.SharedData;
import org.vocalise.dsp.audio.AudioFiles;
import org.vocalise.dsp.stft.FrameTransform;
import org.vocalise.dsp.stft.PolyphaseSignal;
import org.vocalise.dsp.synth.SungPhrase;

/** Phases for the magnitudes of real signals, by the spectral convergence that is reached. */
class TrueMagnitudesTest {
  private static final int N_FFT = 1024;
  private static final int HOP = 256;
  private static final int PAD = 384;
  private static final int BINS = N_FFT / 2 + 1;

  private final FrameTransform transform = new FrameTransform(N_FFT, N_FFT, HOP, 64);

  @Test
  void convergesOnRealSinging() throws Exception {
    double random = 0;
    double gradient = 0;
    for (String clip : new String[] {"vocadito_10", "vocadito_14"}) {
      float[] samples =
          AudioFiles.read(SharedData.path("singing_open/" + clip + ".flac")).samples();
      random += decibels(reconstruct(samples, false, 32)) / 2;
      gradient += decibels(reconstruct(samples, true, 32)) / 2;
    }
    assertTrue(random <= -24, "random start, 32 fast iterations: " + random + " dB");
    assertTrue(gradient <= -39, "gradient heap, 32 fast iterations: " + gradient + " dB");
  }

  @Test
  void fastIterationsAreAheadOfClassicOnes() {
    float[] samples = SungPhrase.sing(22050).samples();
    GriffinLimIterations classic = prepare(samples, false);
    GriffinLimIterations fast = prepare(samples, false);
    for (int i = 0; i < 16; i++) {
      classic.iterate(0);
      fast.iterate(0.99f);
    }
    assertTrue(decibels(fast) < decibels(classic) - 3);
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 1024, 5000, 33000})
  void gradientHeapBeatsRandomPhasesAtOnce(int length) {
    float[] samples = Arrays.copyOfRange(SungPhrase.sing(22050).samples(), 30000, 30000 + length);
    double random = decibels(prepare(samples, false));
    double gradient = decibels(prepare(samples, true));
    assertTrue(gradient < random - 3, random + " then " + gradient);
  }

  private GriffinLimIterations reconstruct(float[] samples, boolean gradient, int iterations) {
    GriffinLimIterations state = prepare(samples, gradient);
    for (int i = 0; i < iterations; i++) {
      state.iterate(0.99f);
    }
    return state;
  }

  private GriffinLimIterations prepare(float[] samples, boolean gradient) {
    int frames = samples.length / HOP;
    float[] magnitude = magnitudes(samples, frames);
    float[] phase = new float[magnitude.length];
    for (int i = 0; i < phase.length; i++) {
      phase[i] = Texture.uniform(1, i / frames, i % frames);
    }
    if (gradient) {
      float[] log = new float[magnitude.length];
      for (int i = 0; i < log.length; i++) {
        log[i] = Elementary.log(Math.max(magnitude[i], 1e-9f));
      }
      new PhaseGradientHeap(N_FFT, N_FFT, HOP).integrate(log, frames, phase, 0, 16, 1, 0);
    }
    SignalEdges edges =
        new SignalEdges(N_FFT, N_FFT, HOP, frames, PAD, PAD + frames * HOP, new float[HOP][0]);
    float[][][] target = LaneBlocks.cut(magnitude, BINS, frames, transform.lanes());
    GriffinLimIterations state =
        new GriffinLimIterations(transform, HOP, frames, target, edges, null);
    state.start(phase);
    return state;
  }

  private float[] magnitudes(float[] samples, int frames) {
    PolyphaseSignal signal = new PolyphaseSignal(HOP, transform.columns(frames));
    float[] padded = new float[PAD + samples.length];
    System.arraycopy(samples, 0, padded, PAD, samples.length);
    signal.put(0, padded, 0, padded.length);
    float[] magnitude = new float[BINS * frames];
    int lanes = transform.lanes();
    for (int first = 0; first < frames; first += 2 * lanes) {
      transform.analyse(signal, first);
      for (int t = first; t < Math.min(frames, first + 2 * lanes); t++) {
        int half = (t - first) / lanes;
        for (int k = 0; k < BINS; k++) {
          float re = transform.re(half)[k][(t - first) % lanes];
          float im = transform.im(half)[k][(t - first) % lanes];
          magnitude[k * frames + t] = (float) Math.hypot(re, im);
        }
      }
    }
    return magnitude;
  }

  private static double decibels(GriffinLimIterations state) {
    return 20 * Math.log10(state.convergence());
  }
}
