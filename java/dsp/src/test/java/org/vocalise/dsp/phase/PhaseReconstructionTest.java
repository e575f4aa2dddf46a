package org.vocalise.dsp.phase;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.vocalise.dsp.fft.RealFft;
import org.vocalise.dsp.stft.HannWindow;

final class PhaseReconstructionTest {
  private static final int N_FFT = 256;
  private static final int HOP = 64;
  private static final int FRAMES = 70;

  @Test
  void findsASignalWithTheGivenMagnitudes() {
    float[] magnitude = magnitudes(chirp());
    PhaseReconstruction reconstruction =
        new PhaseReconstruction(N_FFT, N_FFT, HOP, magnitude, FRAMES);
    reconstruction.startFromGradients(1);
    for (int i = 0; i < 50; i++) {
      reconstruction.iterate(0.99f);
    }
    float[] samples = reconstruction.samples();
    assertEquals(reconstruction.length(), samples.length);
    // The convergence by an independent transform of the samples handed out.
    double distance = distance(magnitude, magnitudes(samples));
    assertTrue(distance < 0.05, "distance " + distance);
    assertEquals(distance, reconstruction.convergence(), 0.01);
  }

  @Test
  void sameSeedGivesTheSameSamples() {
    float[] magnitude = magnitudes(chirp());
    float[][] results = new float[2][];
    for (int i = 0; i < 2; i++) {
      PhaseReconstruction reconstruction =
          new PhaseReconstruction(N_FFT, N_FFT, HOP, magnitude, FRAMES);
      reconstruction.startRandom(7);
      reconstruction.iterate(0);
      results[i] = reconstruction.samples();
    }
    assertArrayEquals(results[0], results[1]);
  }

  @Test
  void refusesMagnitudesOfAnotherShape() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new PhaseReconstruction(N_FFT, N_FFT, HOP, new float[100], FRAMES));
  }

  private static float[] chirp() {
    float[] samples = new float[(FRAMES - 1) * HOP + N_FFT];
    for (int n = 0; n < samples.length; n++) {
      samples[n] = (float) Math.sin(0.2 * n + 2e-5 * n * n);
    }
    return samples;
  }

  private static float[] magnitudes(float[] samples) {
    RealFft fft = new RealFft(N_FFT);
    double[] window = HannWindow.centred(N_FFT, N_FFT);
    double[] frame = new double[N_FFT];
    int bins = N_FFT / 2 + 1;
    double[] re = new double[bins];
    double[] im = new double[bins];
    float[] magnitude = new float[bins * FRAMES];
    for (int t = 0; t < FRAMES; t++) {
      for (int n = 0; n < N_FFT; n++) {
        frame[n] = window[n] * samples[t * HOP + n];
      }
      fft.forward(frame, re, im);
      for (int k = 0; k < bins; k++) {
        magnitude[k * FRAMES + t] = (float) Math.hypot(re[k], im[k]);
      }
    }
    return magnitude;
  }

  private static double distance(float[] wanted, float[] found) {
    double difference = 0;
    double total = 0;
    for (int i = 0; i < wanted.length; i++) {
      difference += Math.pow(wanted[i] - found[i], 2);
      total += Math.pow(wanted[i], 2);
    }
    return Math.sqrt(difference / total);
  }
}
