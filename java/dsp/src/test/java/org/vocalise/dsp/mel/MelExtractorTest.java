package org.vocalise.dsp.mel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vocalise.dsp.SharedData;
import org.vocalise.dsp.audio.Waveform;

class MelExtractorTest {
  @ParameterizedTest
  @CsvSource({"c1, ta", "c2, ta", "c4, ta", "c1, hifigan", "c2, hifigan", "c4, hifigan"})
  void melsAgreeWithTheReferencePackages(String clip, String kind) throws Exception {
    MelSpec spec = kind.equals("ta") ? MelSpec.NTU : MelSpec.HIFIGAN;
    Mel mel = new MelExtractor(spec).extract(wav16(SharedData.path(golden(clip + "_gt.wav"))));
    assertAgrees(npy(SharedData.path(golden(clip + "_mel_" + kind + ".npy"))), mel);
  }

  @Test
  void vocosMelAgreesOnTheReferencePackagesWaveform() throws Exception {
    float[] samples = npy(SharedData.path(golden("c2_wave24000_torchaudio.npy")));
    Mel mel = new MelExtractor(MelSpec.VOCOS24K).extract(new Waveform(samples, 24000));
    assertAgrees(npy(SharedData.path(golden("c2_mel_vocos24k.npy"))), mel);
  }

  @ParameterizedTest
  @ValueSource(strings = {"c3", "r1"})
  void melsOfResampledClipsAgree(String clip) throws Exception {
    float[] samples = npy(SharedData.path(golden(clip + "_wave22050_torchaudio.npy")));
    Mel mel = new MelExtractor(MelSpec.NTU).extract(new Waveform(samples, 22050));
    assertAgrees(npy(SharedData.path(golden(clip + "_mel_ta.npy"))), mel);
  }

  @Test
  void goldenValuesOfTheTestSignal() {
    float[] samples = new float[22050];
    long state = 1;
    for (int n = 0; n < samples.length; n++) {
      state = (1103515245L * state + 12345) % (1L << 31);
      double noise = state / (double) (1 << 30) - 1;
      double t = n / 22050.0;
      samples[n] =
          (float)
              (0.5 * Math.sin(2 * Math.PI * 220 * t)
                  + 0.25 * Math.sin(2 * Math.PI * 440 * t + 0.3)
                  + 0.01 * noise);
    }
    Mel mel = new MelExtractor(MelSpec.NTU).extract(new Waveform(samples, 22050));
    assertEquals(86, mel.frames());
    double[] frame0 = {78.61004139, 86.73363248, 95.7252672, 118.01675687, 154.68229852};
    double[] frame40 = {0.00477986, 0.00821943, 0.01365205, 0.03099128, 0.09981041};
    for (int band = 0; band < 5; band++) {
      assertEquals(frame0[band], mel.at(band, 0), 1e-5 * frame0[band]);
      assertEquals(frame40[band], mel.at(band, 40), 1e-3 * frame40[band]);
    }
    double sum = 0;
    for (float value : mel.values()) {
      sum += value;
    }
    assertEquals(2631826.016675, sum, 1e-5 * sum);
    assertEquals(14112.906431, mel.at(8, 36), 0.05);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 255})
  void signalsTooShortForAFrameHaveNone(int length) {
    assertEquals(
        0, new MelExtractor(MelSpec.NTU).extract(new Waveform(new float[length], 22050)).frames());
    assertEquals(
        0,
        new MelExtractor(MelSpec.HIFIGAN).extract(new Waveform(new float[length], 22050)).frames());
  }

  @Test
  void theShortestSignalHasAFrame() {
    for (MelSpec spec : new MelSpec[] {MelSpec.NTU, MelSpec.HIFIGAN, MelSpec.VOCOS24K}) {
      int length = spec.shortest();
      Mel mel = new MelExtractor(spec).extract(new Waveform(new float[length], spec.sampleRate()));
      assertTrue(mel.frames() >= 1, spec.toString());
      assertEquals(0, spec.frames(length - 1), spec.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {256, 257, 32767, 32768, 33000, 65536, 66047})
  void framesFollowTheLength(int length) {
    for (MelSpec spec : new MelSpec[] {MelSpec.NTU, MelSpec.HIFIGAN, MelSpec.VOCOS24K}) {
      Mel mel = new MelExtractor(spec).extract(new Waveform(new float[length], spec.sampleRate()));
      assertEquals(spec.frames(length), mel.frames(), spec + " " + length);
    }
  }

  private static String golden(String name) {
    return "golden/peers/" + name;
  }

  /*
   * The tolerance that the product promises, on linear values. The golden logarithms were computed
   * in single precision: HiFi-GAN's of c1 and Vocos' of c2 lie 1.4e-4 and 3.8e-4 away from their
   * own definition evaluated in double precision, so a bound on logarithms can't be tighter.
   */
  private static void assertAgrees(float[] expected, Mel mel) {
    assertEquals(expected.length, mel.values().length);
    boolean log = mel.spec().log() == MelSpec.Log.LN;
    double largest = 0;
    double[] values = new double[expected.length];
    for (int i = 0; i < expected.length; i++) {
      values[i] = log ? Math.exp(expected[i]) : expected[i];
      largest = Math.max(largest, values[i]);
    }
    double worst = 0;
    double worstRelative = 0;
    for (int i = 0; i < expected.length; i++) {
      double actual = log ? Math.exp(mel.values()[i]) : mel.values()[i];
      double difference = Math.abs(values[i] - actual);
      worst = Math.max(worst, difference / largest);
      if (values[i] > 1e-6 * largest) {
        worstRelative = Math.max(worstRelative, difference / values[i]);
      }
      if (log) {
        assertEquals(expected[i], mel.values()[i], 5e-4);
      }
    }
    assertTrue(worst <= 1e-5, "largest difference " + worst + " of the largest value");
    assertTrue(worstRelative <= 1e-3, "largest relative difference " + worstRelative);
  }

  private static Waveform wav16(Path file) throws Exception {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    float[] samples = new float[(bytes.capacity() - 44) / 2];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = bytes.getShort(44 + 2 * i) / 32768f;
    }
    return new Waveform(samples, bytes.getInt(24));
  }

  private static float[] npy(Path file) throws Exception {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int start = 10 + bytes.getShort(8);
    float[] values = new float[(bytes.capacity() - start) / 4];
    bytes.position(start);
    bytes.asFloatBuffer().get(values);
    String header = new String(bytes.array(), 10, start - 10, StandardCharsets.US_ASCII);
    Matcher shape = Pattern.compile("\\((\\d+), (\\d+)\\)").matcher(header);
    if (!header.contains("'fortran_order': True") || !shape.find()) {
      return values;
    }
    int rows = Integer.parseInt(shape.group(1));
    int columns = Integer.parseInt(shape.group(2));
    float[] turned = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      turned[i % rows * columns + i / rows] = values[i];
    }
    return turned;
  }
}
