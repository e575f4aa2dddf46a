package org.vocalise.eval.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vocalise.dsp.SharedData;
import org.vocalise.dsp.audio.AudioFiles;
import org.vocalise.dsp.audio.Waveform;

final class NtuProtocolTest {
  private final NtuProtocol protocol = new NtuProtocol();

  @Test
  void sixteenBitsAreTruncatedAndWrapAround() {
    float[] samples = {0.99999f, 1, -1, -1.00004f, 1.5f, 1.9f / 32768, -1.9f / 32768, 0};
    assertArrayEquals(
        new float[] {32767 / 32768f, -1, -1, 32767 / 32768f, -0.5f, 1 / 32768f, -1 / 32768f, 0},
        protocol.forTracker(new Waveform(samples, 16_000), 16_000).samples());
  }

  @Test
  void shorterSignalIsFilledWithZeros() {
    assertEquals(200, protocol.length(100, 200));
    assertEquals(200, protocol.length(200, 100));
  }

  /** The peers' files hold what CREPE was given; the filters agree to float rounding. */
  @ParameterizedTest
  @ValueSource(strings = {"c1", "c2", "c4"})
  void trackerHearsWhatTheScriptsDoes(String clip) throws IOException {
    for (String side : new String[] {"gt", "synth_a", "synth_b"}) {
      Path folder = SharedData.path("golden/peers");
      Waveform mine = AudioFiles.read(folder.resolve(clip + "_" + side + ".wav"));
      String other = side.equals("gt") ? "synth_b" : "gt";
      int length =
          Math.max(
              mine.samples().length,
              AudioFiles.read(folder.resolve(clip + "_" + other + ".wav")).samples().length);
      Waveform padded = new Waveform(Arrays.copyOf(mine.samples(), length), mine.sampleRate());
      float[] heard = protocol.forTracker(padded, 16_000).samples();
      float[] golden = AudioFiles.read(folder.resolve(clip + "_" + side + "_16k.wav")).samples();
      assertEquals(golden.length, heard.length, side);
      int differing = 0;
      for (int i = 0; i < golden.length; i++) {
        int steps = Math.round(32_768 * Math.abs(golden[i] - heard[i]));
        assertTrue(steps <= 1, side + " sample " + i);
        differing += steps;
      }
      assertTrue(differing <= golden.length / 500, differing + " of " + golden.length + " differ");
    }
  }

  @Test
  void embeddingHearsTheFirstChannelWithoutItsMeanForTwoSeconds() throws IOException {
    Waveform signal = new Waveform(new float[] {0.5f, 0.25f, 0.75f}, 16_000);
    Recording recording = new Recording(Path.of("a.wav"), "", signal, 1, List.of());
    float[] heard = protocol.forEmbedding(recording, 16_000).samples();
    assertEquals(32_000, heard.length);
    assertArrayEquals(new float[] {0, -0.25f, 0.25f, 0}, Arrays.copyOf(heard, 4));
  }
}
