package org.vocalise.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vocalise.dsp.SharedData;
import org.vocalise.dsp.audio.AudioFiles;
import org.vocalise.dsp.mel.Mel;
import org.vocalise.dsp.mel.MelExtractor;
import org.vocalise.dsp.mel.MelSource;
import org.vocalise.dsp.mel.MelSpec;
import org.vocalise.dsp.phase.MagnitudeOptions;
import org.vocalise.dsp.phase.MagnitudeVocoder;

/** Every architecture of the Python package, with random weights, on the mel of a recording. */
final class GeneratorsTest {
  @ParameterizedTest
  @CsvSource({
    "hifigan-v1, 460",
    "hifigan-v2, 700",
    "hifigan-v3, 400",
    "vocos-full, 1100",
    "vocos-small, 2060",
    "magnitude, 2060"
  })
  void chunksGiveWhatOneRunGives(String architecture, int longest) throws Exception {
    Path file = ConvertedModels.generator(architecture);
    Mel song = song();
    try (OnnxVocoder vocoder = OnnxVocoder.open(file, new Device.Cpu(), 2)) {
      for (int frames : new int[] {1, 97, longest}) {
        Mel mel = cut(song, frames);
        float[] expected = whole(file, vocoder.metadata(), mel);
        assertClose(expected, OnnxVocoderTest.vocode(vocoder, mel), architecture + " " + frames);
      }
      Mel mel = cut(song, longest);
      try (OnnxVocoder one = OnnxVocoder.open(file)) {
        assertArrayEquals(OnnxVocoderTest.vocode(one, mel), OnnxVocoderTest.vocode(vocoder, mel));
      }
    }
  }

  /** What one run of ONNX Runtime over the whole mel makes. */
  private static float[] whole(Path file, ModelMetadata metadata, Mel mel) throws Exception {
    String[] names = metadata.output().outputs().toArray(String[]::new);
    List<float[]> outputs = OnnxVocoderTest.run(file, mel, names);
    float[] samples = new float[256 * mel.frames()];
    switch (metadata.output()) {
      case AUDIO -> samples = outputs.get(0);
      case COMPLEX -> NaiveInverse.transform(outputs.get(0), outputs.get(1), mel.frames(), samples);
      case MAGNITUDE -> {
        OnnxVocoderTest.Samples made = new OnnxVocoderTest.Samples();
        MagnitudeVocoder phases =
            new MagnitudeVocoder(mel.spec(), MagnitudeOptions.DEFAULT, made::accept);
        phases.accept(mel.values(), outputs.get(0), mel.frames());
        phases.finish();
        samples = made.values();
      }
    }
    return samples;
  }

  /** Untrained spectra are quiet: the tolerance is that of a signal of full scale. */
  private static void assertClose(float[] expected, float[] actual, String what) {
    assertEquals(expected.length, actual.length);
    double worst = 0;
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      worst = Math.max(worst, Math.abs(expected[i] - actual[i]));
      largest = Math.max(largest, Math.abs(expected[i]));
    }
    assertTrue(largest > 1e-4, "largest sample " + largest);
    assertTrue(worst <= 1e-6 * Math.min(1, largest), what + ": " + worst + " of " + largest);
  }

  private static Mel song() throws Exception {
    Path recording = SharedData.path("singing_open/vocadito_1.flac");
    return new MelExtractor(MelSpec.NTU).extract(AudioFiles.read(recording));
  }

  /** So many frames of the song, from its beginning and again. */
  private static Mel cut(Mel song, int frames) throws Exception {
    float[] values = new float[80 * frames];
    float[] frame = new float[80];
    for (int t = 0; t < frames; t++) {
      MelSource.of(song).read(t % song.frames(), 1, frame);
      for (int band = 0; band < 80; band++) {
        values[band * frames + t] = frame[band];
      }
    }
    return new Mel(values, frames, song.spec());
  }
}
