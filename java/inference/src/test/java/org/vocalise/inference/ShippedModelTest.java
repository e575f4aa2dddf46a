package org.vocalise.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.vocalise.dsp.SharedData;
import org.vocalise.dsp.audio.AudioFiles;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.io.Sha256;
import org.vocalise.dsp.mel.Mel;
import org.vocalise.dsp.mel.MelExtractor;
import org.vocalise.dsp.mel.MelSpec;
import org.vocalise.dsp.synth.SungPhrase;

/** The models in the folder onnx: what they are said to be, and that nothing upsets them. */
class ShippedModelTest {
  private static final int RATE = 22050;

  @TestFactory
  Stream<DynamicTest> cardsNameTheFiles() throws Exception {
    return models().stream()
        .map(model -> DynamicTest.dynamicTest(ModelStore.name(model), () -> checkCard(model)));
  }

  private static void checkCard(Path model) throws Exception {
    Path card = model.resolveSibling(ModelStore.name(model) + ".md");
    String text = Files.readString(card);
    assertTrue(text.contains(Sha256.of(model)), card + " does not name the SHA-256 of its model");
    for (String words : List.of("CC0", "CC BY", "steps", "singers", "Limits")) {
      assertTrue(text.contains(words), card + " says nothing of " + words);
    }
    assertTrue(Files.size(model) < 20_000_000, model + " has " + Files.size(model) + " bytes");
    ModelMetadata metadata = ModelMetadata.of(OnnxFile.read(model));
    assertEquals(ModelStore.name(model), metadata.name());
    assertEquals(MelSpec.NTU, metadata.spec());
  }

  @TestFactory
  Stream<DynamicTest> nothingUpsetsThem() throws Exception {
    Stream<DynamicTest> all = Stream.of();
    for (Path model : models()) {
      all = Stream.concat(all, nothingUpsets(model));
    }
    return all;
  }

  private static Stream<DynamicTest> nothingUpsets(Path model) throws Exception {
    OnnxVocoder vocoder = OnnxVocoder.open(model);
    List<DynamicTest> tests = new ArrayList<>();
    for (Object[] input :
        new Object[][] {
          {"silence", new float[3 * RATE]},
          {"noise", noise(0.3)},
          {"one frame", SungPhrase.sing(RATE).samples().clone(), 256},
          {"a click", click()},
          {"lowest voice", tones(41, 1)},
          {"a whistle", tones(3800, 1)},
          {"a chord of notes beyond the mel", tones(9000, 3)},
          {"full scale", scaled(SungPhrase.sing(RATE).samples(), 3)},
        }) {
      float[] samples = (float[]) input[1];
      float[] cut = input.length > 2 ? java.util.Arrays.copyOf(samples, 256) : samples;
      String name = ModelStore.name(model) + ": " + input[0];
      tests.add(DynamicTest.dynamicTest(name, () -> checkSound(vocoder, cut)));
    }
    return tests.stream().onClose(vocoder::close);
  }

  /** Finite, as long as the mel says, and hardly louder than what was sung. */
  private static void checkSound(OnnxVocoder vocoder, float[] samples) throws Exception {
    Mel mel = new MelExtractor(MelSpec.NTU).extract(new Waveform(samples, RATE));
    float[] made = OnnxVocoderTest.vocode(vocoder, mel);
    assertEquals(256 * mel.frames(), made.length);
    double loudest = 0;
    for (float sample : made) {
      assertTrue(Float.isFinite(sample));
      loudest = Math.max(loudest, Math.abs(sample));
    }
    double limit = 2.5 * peak(samples) + 1e-3;
    assertTrue(loudest <= limit, "peak " + loudest + ", of the original " + peak(samples));
  }

  @Test
  void levelsAreKept() throws Exception {
    float[] phrase = SungPhrase.sing(RATE).samples();
    try (OnnxVocoder vocoder = OnnxVocoder.open(shipped())) {
      for (double decibels : new double[] {-20, 0, 20}) {
        float[] samples = scaled(phrase, Math.pow(10, decibels / 20));
        Mel mel = new MelExtractor(MelSpec.NTU).extract(new Waveform(samples, RATE));
        double change = 20 * Math.log10(rms(OnnxVocoderTest.vocode(vocoder, mel)) / rms(samples));
        assertTrue(Math.abs(change) < 1, "at " + decibels + " dB the level changes by " + change);
      }
    }
  }

  @Test
  void instrumentsComeOutWhole() throws Exception {
    try (OnnxVocoder vocoder = OnnxVocoder.open(shipped())) {
      Path notes = SharedData.path("notes");
      List<Path> some;
      try (Stream<Path> files = Files.walk(notes)) {
        some = files.filter(f -> f.toString().endsWith(".flac")).sorted().toList();
      }
      for (int i = 0; i < some.size(); i += some.size() / 12) {
        checkSound(vocoder, AudioFiles.read(some.get(i)).samples());
      }
    }
  }

  @Test
  void joinsOfChunksAndPartsDoNotClick() throws Exception {
    float[] phrase = SungPhrase.sing(RATE).samples();
    float[] samples = new float[256 * 3000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = phrase[i % phrase.length];
    }
    Mel mel = new MelExtractor(MelSpec.NTU).extract(new Waveform(samples, RATE));
    try (OnnxVocoder vocoder = OnnxVocoder.open(shipped())) {
      float[] made = OnnxVocoderTest.vocode(vocoder, mel);
      // A click is a second difference larger than those of the same place in another period.
      double[] largest = new double[mel.frames()];
      for (int i = 2; i < made.length; i++) {
        double bend = Math.abs(made[i] - 2.0 * made[i - 1] + made[i - 2]);
        largest[i / 256] = Math.max(largest[i / 256], bend);
      }
      double overall = 0;
      for (int t = 0; t < largest.length; t++) {
        overall = t % 1024 > 8 && t % 1024 < 1016 ? Math.max(overall, largest[t]) : overall;
      }
      for (int t = 1016; t < largest.length; t++) {
        if (t % 1024 <= 8 || t % 1024 >= 1016) {
          assertTrue(largest[t] <= overall, "frame " + t + ": " + largest[t] + " > " + overall);
        }
      }
    }
  }

  private static List<Path> models() throws IOException {
    Path folder = shipped().toAbsolutePath().getParent();
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".onnx")).sorted().toList();
    }
  }

  private static Path shipped() throws IOException {
    @Nullable Path file = ModelStore.standard().shipped();
    assumeTrue(file != null, "no model ships in the folder onnx");
    return java.util.Objects.requireNonNull(file);
  }

  private static float[] noise(double level) {
    Random random = new Random(1);
    float[] samples = new float[2 * RATE];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (float) (level * (2 * random.nextDouble() - 1));
    }
    return samples;
  }

  private static float[] click() {
    float[] samples = new float[RATE];
    samples[RATE / 2] = 1;
    return samples;
  }

  private static float[] tones(double hz, int count) {
    float[] samples = new float[2 * RATE];
    for (int i = 0; i < samples.length; i++) {
      for (int n = 0; n < count; n++) {
        samples[i] += (float) (0.5 / count * Math.sin(2 * Math.PI * (hz + 311 * n) * i / RATE));
      }
    }
    return samples;
  }

  private static float[] scaled(float[] samples, double factor) {
    float[] scaled = new float[samples.length];
    for (int i = 0; i < samples.length; i++) {
      scaled[i] = (float) (factor * samples[i]);
    }
    return scaled;
  }

  private static double peak(float[] samples) {
    double peak = 0;
    for (float sample : samples) {
      peak = Math.max(peak, Math.abs(sample));
    }
    return peak;
  }

  private static double rms(float[] samples) {
    double sum = 0;
    for (float sample : samples) {
      sum += (double) sample * sample;
    }
    return Math.sqrt(sum / samples.length);
  }
}
