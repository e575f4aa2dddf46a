package org.vocalise.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.vocalise.dsp.SharedData;
import org.vocalise.dsp.audio.AudioFiles;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.io.InputException;
import org.vocalise.dsp.io.Sha256;
import org.vocalise.dsp.mel.Mel;
import org.vocalise.dsp.mel.MelExtractor;
import org.vocalise.dsp.mel.MelSource;
import org.vocalise.dsp.mel.MelSpec;
import org.vocalise.dsp.synth.SungPhrase;

/** The models in the folder onnx: what they are said to be, and that nothing upsets them. */
class ShippedModelTest {
  private static final int RATE = HardSounds.RATE;

  static List<Path> models() throws Exception {
    return ShippedModels.all();
  }

  @ParameterizedTest
  @MethodSource("models")
  void cardNamesTheFile(Path model) throws Exception {
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

  /** Peaks of sounds of few partials depend on their phases, which no mel tells. */
  @ParameterizedTest
  @MethodSource("models")
  void nothingUpsetsIt(Path model) throws Exception {
    try (OnnxVocoder vocoder = OnnxVocoder.open(model)) {
      for (HardSounds.Sound sound : HardSounds.all()) {
        float[] made = checked(vocoder, sound.samples(), sound.name());
        double limit = 2.5 * peak(sound.samples()) + 1e-3;
        assertTrue(peak(made) < limit, sound.name() + ": peak " + peak(made));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void voicesAndInstrumentsHardlyGoBeyondTheirPeaks(Path model) throws Exception {
    List<HardSounds.Sound> sounds = new ArrayList<>();
    sounds.add(new HardSounds.Sound("a phrase", SungPhrase.sing(RATE).samples()));
    sounds.add(new HardSounds.Sound("speech", HardSounds.speech()));
    List<Path> recordings = new ArrayList<>(every(SharedData.path("notes"), 12, ".flac"));
    recordings.addAll(every(SharedData.path("stems"), 4, "_accompaniment.flac"));
    for (Path recording : recordings) {
      float[] samples = AudioFiles.read(recording).samples();
      float[] start = Arrays.copyOf(samples, Math.min(samples.length, 4 * RATE));
      sounds.add(new HardSounds.Sound(recording.toString(), start));
    }
    try (OnnxVocoder vocoder = OnnxVocoder.open(model)) {
      for (HardSounds.Sound sound : sounds) {
        float[] made = checked(vocoder, sound.samples(), sound.name());
        double peak = peak(sound.samples());
        assertTrue(peak(made) < 1.5 * peak, sound.name() + ": " + peak(made) + " of " + peak);
        int beyond = 0;
        for (float sample : made) {
          beyond += Math.abs(sample) > peak ? 1 : 0;
        }
        String share = beyond + " samples of " + made.length + " beyond " + peak;
        assertTrue(beyond < 0.003 * made.length, sound.name() + ": " + share);
      }
    }
  }

  /** What the model makes of a sound: finite, and as long as the mel says. */
  private static float[] checked(OnnxVocoder vocoder, float[] samples, String name)
      throws Exception {
    Mel mel = melOf(samples);
    float[] made = OnnxVocoderTest.vocode(vocoder, mel);
    assertEquals(256 * mel.frames(), made.length, name);
    for (float sample : made) {
      assertTrue(Float.isFinite(sample), name);
    }
    return made;
  }

  @ParameterizedTest
  @MethodSource("models")
  void levelsAreKept(Path model) throws Exception {
    try (OnnxVocoder vocoder = OnnxVocoder.open(model)) {
      for (float[] sound : List.of(SungPhrase.sing(RATE).samples(), HardSounds.speech())) {
        for (double decibels : new double[] {-20, 0, 20}) {
          float[] samples = HardSounds.scaled(sound, Math.pow(10, decibels / 20));
          float[] made = OnnxVocoderTest.vocode(vocoder, melOf(samples));
          double change = 20 * Math.log10(rms(made) / rms(samples));
          assertTrue(Math.abs(change) < 1, "at " + decibels + " dB the level changes by " + change);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void aMelOfAnotherKindIsRefused(Path model) throws Exception {
    float[] phrase = SungPhrase.sing(RATE).samples();
    Mel mel = new MelExtractor(MelSpec.HIFIGAN).extract(new Waveform(phrase, RATE));
    try (OnnxVocoder vocoder = OnnxVocoder.open(model)) {
      InputException e =
          assertThrows(
              InputException.class,
              () -> vocoder.vocode(MelSource.of(mel), (samples, offset, length) -> {}));
      assertTrue(String.valueOf(e.getMessage()).contains("slaney"), e.getMessage());
    }
  }

  private static Mel melOf(float[] samples) throws Exception {
    return new MelExtractor(MelSpec.NTU).extract(new Waveform(samples, RATE));
  }

  /** So many recordings, spread evenly over those of a folder. */
  private static List<Path> every(Path folder, int count, String ending) throws Exception {
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> all = files.filter(f -> f.toString().endsWith(ending)).sorted().toList();
      List<Path> some = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        some.add(all.get(i * all.size() / count));
      }
      return some;
    }
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
