package org.vocalise.pitch.tarsos;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.pitch.PitchTrack;
import org.vocalise.dsp.pitch.PitchTracker;
import org.vocalise.dsp.pitch.PitchTrackerProvider;

final class TarsosTrackerTest {
  private static PitchTracker open(String name) throws Exception {
    List<PitchTrackerProvider> providers =
        ServiceLoader.load(PitchTrackerProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();
    assertEquals(1, providers.size());
    assertEquals(List.of("tarsos-yin", "tarsos-mcleod"), providers.get(0).names());
    return providers.get(0).open(name);
  }

  /** A glide whose pitch at time t is 200 + 100 t Hz. */
  private static Waveform glide(double level) {
    float[] samples = new float[2 * 22_050];
    for (int i = 0; i < samples.length; i++) {
      double t = i / 22_050.0;
      double phase = 2 * Math.PI * (200 * t + 50 * t * t);
      samples[i] = (float) (level * (Math.sin(phase) + 0.5 * Math.sin(2 * phase)));
    }
    return new Waveform(samples, 22_050);
  }

  @ParameterizedTest
  @ValueSource(strings = {"tarsos-yin", "tarsos-mcleod"})
  void framesAreCentredOnTheirTimes(String name) throws Exception {
    try (PitchTracker tracker = open(name)) {
      PitchTrack track = tracker.track(glide(0.3));
      assertEquals(201, track.frames());
      for (int t = 10; t < 190; t++) {
        // A span's middle is what a detector hears: within 10 ms of the glide is 1 Hz.
        assertEquals(200 + 100 * t * track.hopSeconds(), track.hz()[t], 1.5, name + ", frame " + t);
        assertTrue(track.confidence()[t] > 0.9, name + ", frame " + t);
      }
      assertEquals(name, tracker.settings().get("tracker"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tarsos-yin", "tarsos-mcleod"})
  void whatIsHardlyThereHasNoPitch(String name) throws Exception {
    try (PitchTracker tracker = open(name)) {
      for (double hz : tracker.track(glide(1e-5)).hz()) {
        assertEquals(0, hz);
      }
      assertEquals(1, tracker.track(new Waveform(new float[0], 22_050)).frames());
      Waveform other = new Waveform(new float[100], 16_000);
      assertThrows(IllegalArgumentException.class, () -> tracker.track(other));
    }
  }

  @Test
  void anotherNameIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> open("tarsos-amdf"));
  }
}
