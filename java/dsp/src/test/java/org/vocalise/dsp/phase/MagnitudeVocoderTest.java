package org.vocalise.dsp.phase;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.fft.RealFft;
import org.vocalise.dsp.mel.Mel;
import org.vocalise.dsp.mel.MelExtractor;
import org.vocalise.dsp.mel.MelSource;
import org.vocalise.dsp.mel.MelSpec;
import org.vocalise.dsp.stft.HannWindow;
import org.vocalise.dsp.synth.SungPhrase;

/** Signals made of true magnitudes, in parts. */
class MagnitudeVocoderTest {
  private static final int BINS = 513;
  private static final int HOP = 256;

  @Test
  void jointsOfPartsAreNoWorseThanTheRest() throws Exception {
    float[] phrase = SungPhrase.sing(22050).samples();
    float[] samples = new float[HOP * 3 * GriffinLim.PART_FRAMES];
    for (int n = 0; n < samples.length; n++) {
      samples[n] = phrase[n % phrase.length];
    }
    Mel mel = new MelExtractor(MelSpec.NTU).extract(new Waveform(samples, 22050));
    float[] wanted = magnitudes(samples, mel.frames());
    float[] made = vocode(mel, wanted, mel.frames());
    assertEquals(samples.length, made.length);
    assertArrayEquals(made, vocode(mel, wanted, 77));

    float[] got = magnitudes(made, mel.frames());
    List<Double> joints = new ArrayList<>();
    List<Double> others = new ArrayList<>();
    for (int t = 8; t < mel.frames() - 8; t += 8) {
      double difference = 0;
      double total = 1e-9;
      for (int k = 0; k < BINS; k++) {
        for (int u = t - 4; u < t + 4; u++) {
          double target = wanted[k * mel.frames() + u];
          difference += Math.pow(target - got[k * mel.frames() + u], 2);
          total += target * target;
        }
      }
      boolean joint = t % GriffinLim.PART_FRAMES < 8 || t % GriffinLim.PART_FRAMES > 1016;
      (joint ? joints : others).add(Math.sqrt(difference / total));
    }
    others.sort(null);
    double usual = others.get(others.size() * 95 / 100);
    assertTrue(others.get(others.size() / 2) < 0.2, "error " + others.get(others.size() / 2));
    for (double error : joints) {
      assertTrue(error <= usual, "at a joint " + error + ", elsewhere mostly below " + usual);
    }
  }

  private static float[] vocode(Mel mel, float[] magnitudes, int piece) throws Exception {
    float[] samples = new float[HOP * mel.frames()];
    int[] at = {0};
    MagnitudeVocoder vocoder =
        new MagnitudeVocoder(
            MelSpec.NTU,
            MagnitudeOptions.TRUE_MAGNITUDES,
            (block, offset, count) -> {
              System.arraycopy(block, offset, samples, at[0], count);
              at[0] += count;
            });
    for (int first = 0; first < mel.frames(); first += piece) {
      int count = Math.min(piece, mel.frames() - first);
      float[] values = new float[80 * count];
      float[] spectra = new float[BINS * count];
      MelSource.of(mel).read(first, count, values);
      for (int k = 0; k < BINS; k++) {
        System.arraycopy(magnitudes, k * mel.frames() + first, spectra, k * count, count);
      }
      vocoder.accept(values, spectra, count);
    }
    vocoder.finish();
    assertEquals(samples.length, at[0]);
    return samples;
  }

  /** Magnitudes {@code [bins][frames]} of frames that begin at sample 256 t - 384. */
  private static float[] magnitudes(float[] samples, int frames) {
    RealFft fft = new RealFft(1024);
    double[] window = HannWindow.centred(1024, 1024);
    double[] frame = new double[1024];
    double[] re = new double[BINS];
    double[] im = new double[BINS];
    float[] magnitudes = new float[BINS * frames];
    for (int t = 0; t < frames; t++) {
      for (int n = 0; n < 1024; n++) {
        int i = HOP * t + n - 384;
        frame[n] = i >= 0 && i < samples.length ? window[n] * samples[i] : 0;
      }
      fft.forward(frame, re, im);
      for (int k = 0; k < BINS; k++) {
        magnitudes[k * frames + t] = (float) Math.hypot(re[k], im[k]);
      }
    }
    return magnitudes;
  }
}
