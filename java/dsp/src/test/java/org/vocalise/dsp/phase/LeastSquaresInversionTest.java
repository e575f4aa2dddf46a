package org.vocalise.dsp.phase;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.vocalise.dsp.mel.MelFilterbank;
import org.vocalise.dsp.mel.MelSpec;

class LeastSquaresInversionTest {
  private final MelFilterbank filterbank = new MelFilterbank(MelSpec.NTU);
  private final double[] spectrum = new double[513];

  @Test
  void nonNegativeSolutionExplainsAMelThatASpectrumHas() {
    double[] mel = filter(new SplittableRandom(1).doubles(513, 0, 2).toArray());
    new LeastSquaresInversion(filterbank).nonNegative(mel, spectrum);
    assertTrue(relativeError(mel) < 1e-3, "residual " + relativeError(mel));
    for (double value : spectrum) {
      assertTrue(value >= 0);
    }
  }

  @Test
  void pseudoInverseExplainsTheMelOfASmoothSpectrumExactly() {
    double[] smooth = new double[513];
    for (int k = 0; k < smooth.length; k++) {
      smooth[k] = 3 + Math.cos(k / 50.0);
    }
    double[] mel = filter(smooth);
    new LeastSquaresInversion(filterbank).pseudoInverse(mel, spectrum);
    assertEquals(0, relativeError(mel), 0.05);
  }

  private double[] filter(double[] power) {
    double[] mel = new double[filterbank.bands()];
    for (int band = 0; band < mel.length; band++) {
      for (int i = 0; i < filterbank.width(band); i++) {
        mel[band] += filterbank.weight(band, i) * power[filterbank.firstBin(band) + i];
      }
    }
    return mel;
  }

  private double relativeError(double[] mel) {
    double[] made = filter(spectrum);
    double difference = 0;
    double total = 0;
    for (int band = 0; band < mel.length; band++) {
      difference += (mel[band] - made[band]) * (mel[band] - made[band]);
      total += mel[band] * mel[band];
    }
    return Math.sqrt(difference / total);
  }
}
