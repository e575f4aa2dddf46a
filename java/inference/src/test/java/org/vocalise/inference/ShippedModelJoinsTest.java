package org.vocalise.inference;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.mel.Mel;
import org.vocalise.dsp.mel.MelExtractor;
import org.vocalise.dsp.mel.MelSpec;
import org.vocalise.dsp.synth.SungPhrase;

/**
 * No clicks where chunks of the network and parts of the phases join. Sounds are repeated, with a
 * period of whole frames: a click is a bend of the waveform, a second difference, that the same
 * place in the other periods does not have.
 */
class ShippedModelJoinsTest {
  private static final int HOP = 256;

  /** Frames: two joins and the rest of a part. */
  private static final int LENGTH = 2600;

  @TestFactory
  Stream<DynamicTest> joinsDoNotClick() throws Exception {
    int rate = HardSounds.RATE;
    float[] phrase = SungPhrase.sing(rate).samples();
    List<HardSounds.Sound> sounds =
        List.of(
            new HardSounds.Sound("a phrase", phrase),
            new HardSounds.Sound("speech", HardSounds.speech()),
            new HardSounds.Sound("jumps by 20 dB", HardSounds.jumping(phrase)),
            new HardSounds.Sound("a creak of 50 Hz", HardSounds.tone(50, 80)),
            new HardSounds.Sound("a note of 2 kHz", HardSounds.tone(2000, 4)));
    Stream<DynamicTest> tests = Stream.of();
    for (Path model : ShippedModels.all()) {
      tests =
          Stream.concat(
              tests,
              sounds.stream()
                  .map(
                      sound ->
                          DynamicTest.dynamicTest(
                              ModelStore.name(model) + ": " + sound.name(),
                              () -> check(model, sound))));
    }
    return tests;
  }

  private static void check(Path model, HardSounds.Sound sound) throws Exception {
    int period = sound.samples().length / HOP;
    float[] samples = new float[LENGTH * HOP];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = sound.samples()[i % (period * HOP)];
    }
    Mel mel = new MelExtractor(MelSpec.NTU).extract(new Waveform(samples, HardSounds.RATE));
    float[] made;
    try (OnnxVocoder vocoder = OnnxVocoder.open(model)) {
      made = OnnxVocoderTest.vocode(vocoder, mel);
    }
    double[] bends = bends(made);
    for (int t = 8; t < LENGTH - 8; t++) {
      double usual = elsewhere(bends, t, period) + 1e-3;
      assertTrue(bends[t] < 1.5 * usual, "frame " + t + ": " + bends[t] + ", else " + usual);
    }
  }

  /** The largest bend of each frame. */
  private static double[] bends(float[] samples) {
    double[] largest = new double[samples.length / HOP];
    for (int i = 2; i < samples.length; i++) {
      double bend = Math.abs(samples[i] - 2.0 * samples[i - 1] + samples[i - 2]);
      largest[i / HOP] = Math.max(largest[i / HOP], bend);
    }
    return largest;
  }

  /** The largest bend within two frames of the same place in all other periods. */
  private static double elsewhere(double[] bends, int frame, int period) {
    double largest = 0;
    for (int t = frame % period; t < bends.length + 2; t += period) {
      if (t != frame) {
        int from = Math.max(0, t - 2);
        int to = Math.min(bends.length, t + 3);
        for (int i = from; i < to; i++) {
          largest = Math.max(largest, bends[i]);
        }
      }
    }
    return largest;
  }
}
