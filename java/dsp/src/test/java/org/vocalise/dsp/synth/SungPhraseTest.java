package org.vocalise.dsp.synth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jtransforms.fft.DoubleFFT_1D;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vocalise.dsp.audio.Waveform;

class SungPhraseTest {
  private static final int RATE = 22050;

  @ParameterizedTest
  @ValueSource(ints = {8000, 11025, 22050, 24000, 44100, 192000})
  void thePhraseIsSixSecondsLongWithAPeakOfSevenTenths(int rate) {
    Waveform phrase = SungPhrase.sing(rate);
    assertEquals(rate, phrase.sampleRate());
    assertEquals(6.05, phrase.seconds(), 0.01);
    float peak = 0;
    double sum = 0;
    for (float sample : phrase.samples()) {
      peak = Math.max(peak, Math.abs(sample));
      sum += sample;
    }
    assertEquals(0.7, peak, 1e-6);
    assertEquals(0, sum / phrase.samples().length, 1e-3);
  }

  @Test
  void everyJdkAndMachineSingsTheSameSamples() throws NoSuchAlgorithmException {
    float[] samples = SungPhrase.sing(RATE).samples();
    ByteBuffer bytes = ByteBuffer.allocate(4 * samples.length);
    bytes.asFloatBuffer().put(samples);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.array());
    assertEquals("5c9219fc7021d611", HexFormat.of().formatHex(digest).substring(0, 16));
  }

  @ParameterizedTest
  @CsvSource({"45, A", "57, E", "64, I", "69, O", "76, A", "81, U"})
  void aLongNoteHasItsPitch(double pitch, Vowel vowel) {
    SungNote note = new SungNote(pitch, 1.2, Onset.NONE, vowel, 0.8);
    float[] samples = SungPhrase.sing(List.of(note), RATE).samples();
    double expected = 440 * Math.pow(2, (pitch - 69) / 12);
    double sum = 0;
    int count = 0;
    // Three periods of the vibrato, after it has set in.
    for (double time = 0.55; time < 0.55 + 3 / 5.6; time += 0.005) {
      double cents = 1200 * Math.log(period(samples, time, expected) / expected) / Math.log(2);
      assertTrue(Math.abs(cents) < 90, "at " + time + " s off by " + cents + " cents");
      sum += cents;
      count++;
    }
    assertEquals(0, sum / count, 15, "cents");
  }

  /** Frequency with the highest autocorrelation within two semitones around what is expected. */
  private static double period(float[] samples, double time, double expected) {
    int start = (int) (time * RATE);
    int length = (int) (4 * RATE / expected);
    double best = 0;
    double bestSum = Double.NEGATIVE_INFINITY;
    for (double f = expected * 0.89; f < expected * 1.12; f *= 1.001) {
      double lag = RATE / f;
      int whole = (int) lag;
      double fraction = lag - whole;
      double product = 0;
      double energy = 1e-9;
      for (int i = start; i < start + length; i++) {
        double later = samples[i + whole] * (1 - fraction) + samples[i + whole + 1] * fraction;
        product += samples[i] * later;
        energy += later * later;
      }
      double value = product / Math.sqrt(energy);
      if (value > bestSum) {
        bestSum = value;
        best = f;
      }
    }
    return best;
  }

  @Test
  void sibilantsAreHighNoiseAndVowelsAreLow() {
    SungNote note = new SungNote(60, 0.6, Onset.S, Vowel.A, 0.8);
    float[] samples = SungPhrase.sing(List.of(SungNote.rest(0.1), note), RATE).samples();
    assertTrue(centroid(samples, 0.17) > 5500, "s: " + centroid(samples, 0.17) + " Hz");
    assertTrue(centroid(samples, 0.45) < 1800, "a: " + centroid(samples, 0.45) + " Hz");
  }

  @Test
  void vowelsHaveTheirFormants() {
    SungNote low = new SungNote(45, 0.8, Onset.NONE, Vowel.I, 0.8);
    float[] i = SungPhrase.sing(List.of(low), RATE).samples();
    double[] power = spectrum(i, 0.4);
    // The vowel of "see": first formant near 310 Hz, second near 2790 Hz, a valley between them.
    assertTrue(band(power, 200, 450) > 100 * band(power, 1200, 1900), "first formant");
    assertTrue(band(power, 2500, 3500) > 5 * band(power, 1200, 1900), "second and third formant");
  }

  @Test
  void breathCanBeHeardAboveEightKilohertz() {
    SungNote note = new SungNote(60, 1, Onset.NONE, Vowel.A, 0.8);
    double[] power = spectrum(SungPhrase.sing(List.of(note), RATE).samples(), 0.5);
    double decibels = 10 * Math.log10(band(power, 8000, 11000) / band(power, 0, 11025));
    assertTrue(decibels > -75 && decibels < -40, decibels + " dB");
  }

  @Test
  void aRestIsSilentOnceTheVoiceHasFaded() {
    List<SungNote> melody = List.of(new SungNote(60, 0.4, Onset.M, Vowel.A, 1), SungNote.rest(1));
    float[] samples = SungPhrase.sing(melody, RATE).samples();
    for (int i = (int) (0.8 * RATE); i < samples.length; i++) {
      assertEquals(0, samples[i], 1e-3, "sample " + i);
    }
  }

  @Test
  void aMelodyOfRestsIsSilence() {
    for (float sample : SungPhrase.sing(List.of(SungNote.rest(0.2)), RATE).samples()) {
      assertEquals(0, sample, 0.0f);
    }
  }

  @Test
  void impossibleNotesAndRatesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> SungNote.rest(0));
    assertThrows(IllegalArgumentException.class, () -> new SungNote(10, 1, Onset.NONE, Vowel.A, 1));
    assertThrows(
        IllegalArgumentException.class, () -> new SungNote(60, 1, Onset.NONE, Vowel.A, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> SungPhrase.sing(7999));
    assertThrows(IllegalArgumentException.class, () -> SungPhrase.sing(List.of(), RATE));
  }

  private static double centroid(float[] samples, double time) {
    double[] power = spectrum(samples, time);
    double weighted = 0;
    double sum = 0;
    for (int bin = 0; bin < power.length; bin++) {
      weighted += power[bin] * bin * RATE / 1024;
      sum += power[bin];
    }
    return weighted / sum;
  }

  private static double band(double[] power, double low, double high) {
    double sum = 0;
    for (int bin = 0; bin < power.length; bin++) {
      double frequency = bin * RATE / 1024.0;
      sum += frequency >= low && frequency < high ? power[bin] : 0;
    }
    return sum;
  }

  /** Power of 1024 samples around a time under a Blackman window, for its low side lobes. */
  private static double[] spectrum(float[] samples, double time) {
    double[] work = new double[2 * 1024];
    int start = (int) (time * RATE) - 512;
    for (int i = 0; i < 1024; i++) {
      double angle = 2 * Math.PI * i / 1024;
      work[i] = samples[start + i] * (0.42 - 0.5 * Math.cos(angle) + 0.08 * Math.cos(2 * angle));
    }
    new DoubleFFT_1D(1024).realForwardFull(work);
    double[] power = new double[512];
    for (int bin = 0; bin < 512; bin++) {
      power[bin] = work[2 * bin] * work[2 * bin] + work[2 * bin + 1] * work[2 * bin + 1];
    }
    return power;
  }
}
