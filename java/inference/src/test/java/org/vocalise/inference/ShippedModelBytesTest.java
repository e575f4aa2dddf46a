package org.vocalise.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vocalise.dsp.audio.AudioFiles;
import org.vocalise.dsp.audio.WavFormat;
import org.vocalise.dsp.audio.WavWriter;
import org.vocalise.dsp.io.Sha256;
import org.vocalise.dsp.mel.Mel;
import org.vocalise.dsp.mel.MelExtractor;
import org.vocalise.dsp.mel.MelSpec;
import org.vocalise.dsp.synth.SungPhrase;

/**
 * What the shipped models make of a phrase: the same bytes wherever ONNX Runtime takes the same
 * kernels, and nearly the same samples elsewhere. Its kernels of 32-bit floats are chosen by
 * instruction sets alone, not by the processor's maker or model. Those that are listed make samples
 * within one step of 16 bits of each other.
 */
class ShippedModelBytesTest {
  private static final String AVX512 = "x86-64 with AVX-512";
  private static final String AVX2 = "x86-64 with AVX2";
  private static final String NEON = "aarch64 with NEON";

  /** SHA-256 of the WAV file, by model and kernels. */
  private static final Map<String, Map<String, String>> SHA256 =
      Map.of(
          "singing-small",
          Map.of(
              AVX512,
              "e45a1007012a6b24b35df6fb2b0210cc9f48b44231264dc66c1f3d9cfbf13902",
              AVX2,
              "81ae231db1f73ddb7a62cde0f1e4d94badd6225e4e239860f15b9e6441963e0b",
              NEON,
              "6a8b70f850765d66dcb9d96b01df60e2c6fcadc689130eb5e029f19bfa98a735"),
          "singing",
          Map.of(
              AVX512,
              "b70b04d76d9560b40b60e263df4dcdda0f682c7b90496e536ecd2baa5f6c606c",
              AVX2,
              "56a2f541b319c2c28afe85ca70ff9e2a709788559cf8ffea245ff3e6da9d9b31",
              NEON,
              "1b0d7d0a4f75ea0f91a47f80b4ecea8b3b0e9cc05a82532ccf68a83be3f8fe74"));

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"singing-small", "singing"})
  void bytesAreThoseOfTheKernels(String model) throws Exception {
    String kernels = kernels();
    String hash = Sha256.of(phrase(model));
    String expected = listed(model).get(kernels);
    if (expected == null) {
      System.err.println(model + ": no bytes are listed for " + kernels + "; here it is " + hash);
    } else {
      assertEquals(expected, hash, "bytes on " + kernels);
    }
  }

  /**
   * Other kernels may find a part of the phases in another order: with SVE and SME six steps were
   * seen, and {@code scripts/exactness.py} has more recordings.
   */
  @Test
  void otherKernelsMakeNearlyTheSame() throws Exception {
    Path golden = Path.of(getClass().getResource("singing-small-phrase.wav").toURI());
    float[] expected = AudioFiles.read(golden).samples();
    Path wav = phrase("singing-small");
    float[] made = AudioFiles.read(wav).samples();
    assertEquals(expected.length, made.length);
    int allowed = listed("singing-small").containsKey(kernels()) ? 1 : 64;
    int largest = 0;
    for (int i = 0; i < made.length; i++) {
      largest = Math.max(largest, Math.round(32768 * Math.abs(expected[i] - made[i])));
    }
    assertTrue(
        largest <= allowed,
        "off by " + largest + " steps of 16 bits on " + kernels() + ", bytes " + Sha256.of(wav));
  }

  private static Map<String, String> listed(String model) {
    return Objects.requireNonNull(SHA256.get(model));
  }

  private Path phrase(String model) throws Exception {
    int rate = MelSpec.NTU.sampleRate();
    Mel mel = new MelExtractor(MelSpec.NTU).extract(SungPhrase.sing(rate));
    Path wav = folder.resolve(model + ".wav");
    Path file = ShippedModels.standard().resolveSibling(model + ".onnx");
    try (OnnxVocoder vocoder = OnnxVocoder.open(file);
        WavWriter writer = new WavWriter(wav, rate, WavFormat.PCM16)) {
      float[] samples = OnnxVocoderTest.vocode(vocoder, mel);
      writer.write(samples, 0, samples.length);
    }
    return wav;
  }

  /** What ONNX Runtime chooses by, where /proc/cpuinfo tells it; else system and architecture. */
  private static String kernels() throws Exception {
    Path info = Path.of("/proc/cpuinfo");
    if (Files.isReadable(info)) {
      for (String line : Files.readAllLines(info)) {
        String[] parts = line.split("\\s*:\\s*", 2);
        if (parts.length == 2 && (parts[0].equals("flags") || parts[0].equals("Features"))) {
          return kernels(List.of(parts[1].split(" ")));
        }
      }
    }
    return System.getProperty("os.name", "") + " on " + System.getProperty("os.arch", "");
  }

  private static String kernels(List<String> features) {
    if (features.contains("asimd")) {
      boolean wider = features.contains("sve") || features.contains("sme");
      return wider ? "aarch64 with SVE or SME" : NEON;
    }
    if (features.contains("avx2") && features.contains("fma")) {
      return features.contains("avx512f") ? AVX512 : AVX2;
    }
    return "x86-64 without AVX2";
  }
}
