package org.vocalise.dsp.pitch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vocalise.dsp.SharedData;
import org.vocalise.dsp.audio.AudioFiles;
import org.vocalise.dsp.audio.Waveform;

class YinTrackerTest {
  private static final int RATE = 22050;

  @ParameterizedTest
  @ValueSource(doubles = {55, 65.4, 110, 220, 523.3, 1046.5, 1568, 2093})
  void tonesOfThreeRatesAreFoundThroughout(double hz) throws Exception {
    for (int rate : new int[] {16000, 22050, 48000}) {
      PitchTrack track = track(tone(rate, 1, t -> hz, 5));
      for (int t = 10; t < 90; t++) {
        assertEquals(0, cents(track.hz()[t], hz), 8, hz + " Hz at " + rate + ", frame " + t);
        assertTrue(track.confidence()[t] > 0.9, hz + " Hz: " + track.confidence()[t]);
      }
    }
  }

  /** The fundamental is weaker than the second harmonic, or missing: no octave error. */
  @Test
  void aWeakFundamentalIsNoOctaveError() throws Exception {
    float[] samples = new float[RATE];
    double[] gains = {0.02, 0.5, 0.3, 0.3, 0.1, 0.2};
    for (int n = 0; n < RATE; n++) {
      for (int h = 1; h <= gains.length; h++) {
        samples[n] += (float) (0.5 * gains[h - 1] * Math.sin(2 * Math.PI * 196 * h * n / RATE + h));
      }
    }
    PitchTrack track = track(new Waveform(samples, RATE));
    for (int t = 10; t < 90; t++) {
      assertEquals(0, cents(track.hz()[t], 196), 10, "frame " + t);
    }
  }

  /** A glide over an octave in a second: 1.2 cents a millisecond, so that times are right too. */
  @Test
  void glidesAndVibratoAreFollowedInTime() throws Exception {
    DoubleUnaryOperator glide = t -> 220 * Math.pow(2, t);
    PitchTrack track = track(tone(RATE, 1, glide, 4));
    for (int t = 10; t < 90; t++) {
      assertEquals(0, cents(track.hz()[t], glide.applyAsDouble(t * 0.01)), 6, "frame " + t);
    }
    DoubleUnaryOperator vibrato = t -> 330 * Math.pow(2, 60 / 1200.0 * Math.sin(35 * t));
    PitchTrack wave = track(tone(RATE, 1, vibrato, 4));
    for (int t = 10; t < 90; t++) {
      assertEquals(0, cents(wave.hz()[t], vibrato.applyAsDouble(t * 0.01)), 15, "frame " + t);
    }
  }

  @Test
  void silenceHasNoPitchAndNoiseNoConfidence() throws Exception {
    float[] samples = new float[2 * RATE];
    SplittableRandom random = new SplittableRandom(1);
    for (int n = RATE; n < samples.length; n++) {
      samples[n] = (float) (0.2 * random.nextDouble() - 0.1);
    }
    PitchTrack track = track(new Waveform(samples, RATE));
    assertEquals(201, track.frames());
    for (int t = 0; t < 95; t++) {
      assertEquals(0, track.hz()[t]);
      assertEquals(0, track.confidence()[t]);
    }
    int sure = 0;
    for (int t = 105; t < 195; t++) {
      assertTrue(track.hz()[t] >= 45 && track.hz()[t] <= 2300, "Hz " + track.hz()[t]);
      sure += track.confidence()[t] > 0.6 ? 1 : 0;
    }
    assertEquals(0, sure);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 219, 220, 221, 22050})
  void frameCountsAreThoseOfTenMilliseconds(int samples) throws Exception {
    PitchTrack track = track(new Waveform(new float[samples], RATE));
    assertEquals(1 + samples * 100 / RATE, track.frames());
    assertEquals(0.01, track.hopSeconds());
  }

  /** CREPE's own tracks of real singing, of the network "full", where CREPE is sure. */
  @ParameterizedTest
  @CsvSource({"c1, 0.90", "c2, 0.97", "c3, 0.94", "c4, 0.95"})
  void agreesWithCrepeOnSinging(String clip, double share) throws Exception {
    Path folder = SharedData.path("golden/peers");
    PitchTrack track = track(AudioFiles.read(folder.resolve(clip + "_gt.wav")));
    List<String> lines =
        Files.readAllLines(folder.resolve(clip + "_gt_16k_crepe_full_torchnet.csv"));
    assertEquals(lines.size() - 1, track.frames());
    int sure = 0;
    int near = 0;
    int both = 0;
    int either = 0;
    for (int t = 0; t < track.frames(); t++) {
      String[] fields = lines.get(t + 1).split(",", -1);
      double cents = cents(track.hz()[t], Double.parseDouble(fields[1]));
      boolean voiced = Double.parseDouble(fields[2]) > 0.6;
      boolean ours = track.confidence()[t] > 0.6;
      sure += voiced ? 1 : 0;
      near += voiced && Math.abs(cents) <= 50 ? 1 : 0;
      both += voiced && ours ? 2 : 0;
      either += (voiced ? 1 : 0) + (ours ? 1 : 0);
    }
    assertTrue(near >= share * sure, clip + ": " + near + " of " + sure);
    assertTrue(both >= 0.85 * either, clip + ": voicing F1 " + both / (double) either);
  }

  @Test
  void threadsShareATracker() throws Exception {
    Waveform signal = tone(RATE, 1, t -> 220 + 30 * t, 4);
    try (PitchTracker tracker = new YinTracker(RATE)) {
      PitchTrack[] tracks = new PitchTrack[2];
      Thread other = new Thread(() -> tracks[0] = quietly(tracker, signal));
      other.start();
      tracks[1] = tracker.track(signal);
      other.join();
      assertArrayEquals(tracks[1].hz(), tracks[0].hz());
      assertArrayEquals(tracks[1].confidence(), tracks[0].confidence());
    }
  }

  @Test
  void otherRatesAreRefused() {
    Waveform signal = new Waveform(new float[100], 16000);
    assertThrows(IllegalArgumentException.class, () -> new YinTracker(RATE).track(signal));
    assertThrows(IllegalArgumentException.class, () -> new YinTracker(100));
    assertEquals("yin", new YinTracker(RATE).settings().get("tracker"));
  }

  private static PitchTrack quietly(PitchTracker tracker, Waveform signal) {
    try {
      return tracker.track(signal);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static PitchTrack track(Waveform signal) throws Exception {
    return new YinTracker(signal.sampleRate()).track(signal);
  }

  private static double cents(double found, double expected) {
    return found > 0 ? 1200 * Math.log(found / expected) / Math.log(2) : Double.POSITIVE_INFINITY;
  }

  private static Waveform tone(int rate, double seconds, DoubleUnaryOperator hz, int harmonics) {
    float[] samples = new float[(int) (seconds * rate)];
    double phase = 0;
    for (int n = 0; n < samples.length; n++) {
      double here = hz.applyAsDouble(n / (double) rate);
      for (int h = 1; h == 1 || (h <= harmonics && h * here < rate / 4.0); h++) {
        samples[n] += (float) (0.2 / h * Math.sin(h * phase + h));
      }
      phase += 2 * Math.PI * here / rate;
    }
    return new Waveform(samples, rate);
  }
}
