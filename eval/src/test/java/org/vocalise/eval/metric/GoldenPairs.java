package org.vocalise.eval.metric;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.vocalise.dsp.SharedData;
import org.vocalise.dsp.audio.AudioFiles;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.pitch.PitchTrack;

/** The golden recordings and what the peers' packages made of them. */
public final class GoldenPairs {
  private static final PitchSource NO_PITCH =
      () -> {
        throw new AssertionError("no track is needed here");
      };

  private GoldenPairs() {}

  /** A file of the golden folder. */
  public static Path file(String name) {
    return SharedData.path("golden/peers").resolve(name);
  }

  /** All golden values. */
  public static JsonNode json() throws IOException {
    return new ObjectMapper().readTree(file("golden.json").toFile());
  }

  /** The golden values of a clip, like c1. */
  public static JsonNode clip(String id) throws IOException {
    for (JsonNode clip : json().get("clips")) {
      if (clip.get("id").asText().equals(id)) {
        return clip;
      }
    }
    throw new AssertionError("no clip " + id);
  }

  /** A clip and its version a or b at 22.05 kHz, the shorter one filled with zeros at its end. */
  public static Pair pair(String id, String version) throws IOException {
    Waveform reference =
        id.equals("c3")
            ? new Waveform(npy("c3_wave22050_librosa_load.npy"), 22050)
            : AudioFiles.read(file(id + "_gt.wav"));
    Waveform synthesis = AudioFiles.read(file(id + "_synth_" + version + ".wav"));
    int length = Math.max(reference.samples().length, synthesis.samples().length);
    return pair(
        Arrays.copyOf(synthesis.samples(), length), Arrays.copyOf(reference.samples(), length));
  }

  /** A pair at 22.05 kHz without tracks. */
  public static Pair pair(float[] synthesis, float[] reference) {
    return new Pair(
        "test", new Waveform(reference, 22050), new Waveform(synthesis, 22050), NO_PITCH, NO_PITCH);
  }

  /** A pair of tracks over a second of silence. */
  public static Pair pair(PitchTrack synthesis, PitchTrack reference) {
    Waveform silence = new Waveform(new float[22050], 22050);
    return new Pair("test", silence, silence, () -> reference, () -> synthesis);
  }

  /** A track as CREPE's package writes it. */
  public static PitchTrack crepe(String name) throws IOException {
    List<String> lines = Files.readAllLines(file(name));
    double[] hz = new double[lines.size() - 1];
    double[] confidence = new double[hz.length];
    for (int t = 0; t < hz.length; t++) {
      String[] fields = lines.get(t + 1).split(",", -1);
      hz[t] = Double.parseDouble(fields[1]);
      confidence[t] = Double.parseDouble(fields[2]);
    }
    return new PitchTrack(hz, confidence, 0.01);
  }

  private static float[] npy(String name) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.wrap(Files.readAllBytes(file(name))).order(ByteOrder.LITTLE_ENDIAN);
    int start = 10 + bytes.getShort(8);
    float[] values = new float[(bytes.limit() - start) / 4];
    bytes.position(start).slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}
