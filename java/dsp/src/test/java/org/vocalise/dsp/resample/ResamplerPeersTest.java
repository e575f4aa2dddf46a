package org.vocalise.dsp.resample;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Resampled recordings against those of torchaudio and of soxr. */
class ResamplerPeersTest {
  /**
   * torchaudio computes the kernel in double for its transform, in single for its function (c2).
   */
  @ParameterizedTest
  @CsvSource({
    "c3_gt.wav, 48000, 22050, c3_wave22050_torchaudio.npy, 1.5e-7",
    "r1_gt.wav, 44100, 22050, r1_wave22050_torchaudio.npy, 1.5e-7",
    "c2_gt.wav, 22050, 24000, c2_wave24000_torchaudio.npy, 1e-5",
  })
  void sincHannAgreesWithTorchaudio(String wav, int from, int to, String golden, double tolerance)
      throws IOException {
    Resampler resampler = new Resampler(from, to, ResamplerKernel.SINC_HANN);
    float[] expected = GoldenAudio.npy(golden);
    float[] actual = resampler.resample(GoldenAudio.wav(wav));
    assertEquals(expected.length, actual.length);
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(expected[i] - (double) actual[i]));
    }
    assertTrue(largest <= tolerance, golden + ": largest difference " + largest);
  }

  @ParameterizedTest
  @CsvSource({
    "c3_gt.wav, 48000, c3_wave22050_librosa_load.npy",
    "r1_gt.wav, 44100, r1_wave22050_librosa_load.npy",
  })
  void kaiserStaysCloseToSoxr(String wav, int from, String golden) throws IOException {
    Resampler resampler = new Resampler(from, 22050, ResamplerKernel.KAISER);
    float[] expected = GoldenAudio.npy(golden);
    float[] actual = resampler.resample(GoldenAudio.wav(wav));
    assertEquals(expected.length, actual.length);
    double loss = MultiResolutionStftLoss.of(actual, expected);
    assertTrue(loss <= 0.003, golden + ": M-STFT " + loss);
  }

  @Test
  void theLossSeesTorchaudiosKernel() throws IOException {
    float[] soxr = GoldenAudio.npy("c3_wave22050_librosa_load.npy");
    double loss = MultiResolutionStftLoss.of(GoldenAudio.npy("c3_wave22050_torchaudio.npy"), soxr);
    assertTrue(loss > 0.02, "M-STFT " + loss);
  }
}
