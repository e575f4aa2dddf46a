package org.vocalise.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vocalise.dsp.SharedData;
import org.vocalise.dsp.audio.AudioFiles;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.io.InputException;
import org.vocalise.dsp.npy.NpyReader;
import org.vocalise.dsp.pitch.PitchTrack;

final class CrepeTrackerTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c1_gt",
        "c1_synth_a",
        "c1_synth_b",
        "c2_gt",
        "c2_synth_a",
        "c2_synth_b",
        "c3_gt",
        "c3_synth_a",
        "c3_synth_b",
        "c4_gt",
        "c4_synth_a",
        "c4_synth_b"
      })
  void trackAndActivationsAreThoseOfTheAuthorsPackage(String clip) throws Exception {
    Path model = ConvertedModels.crepeTiny();
    String base = "golden/peers/" + clip + "_16k";
    Waveform signal = AudioFiles.read(SharedData.path(base + ".wav"));
    List<String> lines =
        Files.readAllLines(SharedData.path(base + "_crepe_tiny.csv")).stream()
            .filter(line -> !line.startsWith("t"))
            .toList();
    try (CrepeTracker tracker = CrepeTracker.open(model)) {
      float[] activations = tracker.activations(signal);
      assertActivations(base, activations);
      PitchTrack track = tracker.decode(activations);
      assertEquals(lines.size(), track.frames());
      for (int t = 0; t < track.frames(); t++) {
        String[] fields = lines.get(t).split(",", -1);
        double expected = Double.parseDouble(fields[1]);
        assertEquals(Double.parseDouble(fields[0]), t * track.hopSeconds(), 1e-9);
        assertEquals(expected, track.hz()[t], 1e-4 * expected, "frame " + t);
        assertEquals(Double.parseDouble(fields[2]), track.confidence()[t], 1e-4, "frame " + t);
      }
    }
  }

  private static void assertActivations(String base, float[] activations) throws IOException {
    try (NpyReader golden = NpyReader.open(SharedData.path(base + "_crepe_tiny_act20.npy"))) {
      float[] expected = new float[20 * 360];
      golden.read(0, 360, expected);
      for (int i = 0; i < expected.length; i++) {
        assertEquals(expected[i], activations[i], 1e-4, "frame " + i / 360 + ", bin " + i % 360);
      }
    }
  }

  @Test
  void framesAreCentredAndNormalised() {
    float[] samples = new float[2000];
    samples[0] = 7;
    samples[160] = 2;
    float[] frame = new float[1024 + 2];
    CrepeTracker.cut(samples, 1, frame, 1);
    assertEquals(0, frame[0]);
    double mean = 9 / 1024.0;
    double deviation = Math.sqrt((49 + 4) / 1024.0 - mean * mean);
    assertEquals((7 - mean) / deviation, frame[1 + 512 - 160], 1e-5);
    assertEquals((2 - mean) / deviation, frame[1 + 512], 1e-5);
    assertEquals(-mean / deviation, frame[1024], 1e-6);
    CrepeTracker.cut(new float[3], 0, frame, 0);
    assertEquals(0, frame[512]);
  }

  @Test
  void anotherRateAndOtherModelsAreRefused() throws Exception {
    Path vocoder = TinyModels.write(folder, OutputKind.AUDIO);
    InputException e = assertThrows(InputException.class, () -> CrepeTracker.open(vocoder));
    assertTrue(String.valueOf(e.getMessage()).contains("is no CREPE of ours"), e.getMessage());
    Path crepe = ConvertedModels.crepeTiny();
    try (CrepeTracker tracker = CrepeTracker.open(crepe)) {
      Waveform other = new Waveform(new float[100], 22050);
      assertThrows(IllegalArgumentException.class, () -> tracker.track(other));
      assertEquals(1, tracker.track(new Waveform(new float[0], 16000)).frames());
    }
  }

  @Test
  void oneSizeDoesNotPassForAnother() throws Exception {
    Files.copy(ConvertedModels.crepeTiny(), folder.resolve("crepe-small.onnx"));
    Files.copy(ConvertedModels.crepeTiny(), folder.resolve("crepe-tiny.onnx"));
    ModelStore models = new ModelStore(List.of(), folder);
    PitchTrackers.open("crepe-tiny", models).close();
    InputException e =
        assertThrows(InputException.class, () -> PitchTrackers.open("crepe-small", models));
    assertTrue(String.valueOf(e.getMessage()).contains("holds crepe-tiny"), e.getMessage());
  }
}
