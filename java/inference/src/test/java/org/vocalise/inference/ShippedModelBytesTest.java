package org.vocalise.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vocalise.dsp.audio.AudioFiles;
import org.vocalise.dsp.audio.WavFormat;
import org.vocalise.dsp.audio.WavWriter;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.io.Sha256;
import org.vocalise.dsp.mel.Mel;
import org.vocalise.dsp.mel.MelExtractor;
import org.vocalise.dsp.mel.MelSpec;
import org.vocalise.dsp.synth.SungPhrase;

/**
 * What the default model makes of a phrase: the same bytes on a kind of processor that is listed,
 * and nearly the same sound on any other.
 */
class ShippedModelBytesTest {
  /** Kinds as /proc/cpuinfo names them: vendor, family, model. */
  private static final Map<String, String> SHA256 =
      Map.of(
          "GenuineIntel 6 85", "e45a1007012a6b24b35df6fb2b0210cc9f48b44231264dc66c1f3d9cfbf13902");

  @TempDir private Path folder;

  @Test
  void phraseIsSungAsItWas() throws Exception {
    int rate = MelSpec.NTU.sampleRate();
    Mel mel = new MelExtractor(MelSpec.NTU).extract(SungPhrase.sing(rate));
    Path wav = folder.resolve("phrase.wav");
    Path file = Objects.requireNonNull(ModelStore.standard().shipped(), "no model ships");
    try (OnnxVocoder vocoder = OnnxVocoder.open(file);
        WavWriter writer = new WavWriter(wav, rate, WavFormat.PCM16)) {
      float[] samples = OnnxVocoderTest.vocode(vocoder, mel);
      writer.write(samples, 0, samples.length);
    }
    String expected = SHA256.get(processor());
    if (expected != null) {
      assertEquals(expected, Sha256.of(wav), "bytes on " + processor());
    }
    Path golden = Path.of(getClass().getResource("singing-small-phrase.wav").toURI());
    double decibels = signalToDifference(AudioFiles.read(golden), AudioFiles.read(wav));
    // Phases whose order depends on rounding take another course for a while.
    assertTrue(decibels > 20, "only " + decibels + " dB from the phrase as it was");
  }

  private static double signalToDifference(Waveform golden, Waveform made) {
    assertEquals(golden.samples().length, made.samples().length);
    double signal = 0;
    double difference = 1e-12;
    for (int i = 0; i < golden.samples().length; i++) {
      signal += Math.pow(golden.samples()[i], 2);
      difference += Math.pow(golden.samples()[i] - made.samples()[i], 2);
    }
    return 10 * Math.log10(signal / difference);
  }

  /** Empty where /proc/cpuinfo does not tell. */
  private static String processor() throws Exception {
    Path info = Path.of("/proc/cpuinfo");
    if (!Files.isReadable(info)) {
      return "";
    }
    Map<String, String> first = new TreeMap<>();
    for (String line : Files.readAllLines(info)) {
      String[] parts = line.split("\\s*:\\s*", 2);
      if (parts.length == 2) {
        first.putIfAbsent(parts[0].strip(), parts[1].strip());
      }
    }
    return "%s %s %s"
        .formatted(first.get("vendor_id"), first.get("cpu family"), first.get("model"));
  }
}
