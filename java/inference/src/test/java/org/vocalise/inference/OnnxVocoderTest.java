package org.vocalise.inference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vocalise.dsp.io.InputException;
import org.vocalise.dsp.mel.Mel;
import org.vocalise.dsp.mel.MelSource;
import org.vocalise.dsp.mel.MelSpec;
import org.vocalise.dsp.vocoder.SampleSink;

final class OnnxVocoderTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 47, 48, 49, 53, 54, 96, 97, 101, 300, 2500})
  void chunkedAudioIsThatOfOneRun(int frames) throws Exception {
    Mel mel = mel(frames);
    Path file = TinyModels.write(folder, OutputKind.AUDIO);
    float[] whole = run(file, mel, "audio").get(0);
    assertClose(whole, vocode(file, mel));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 47, 48, 49, 53, 54, 96, 97, 101, 300, 2500})
  void chunkedSpectraAreTransformedBackAsThoseOfOneRun(int frames) throws Exception {
    Mel mel = mel(frames);
    Path file = TinyModels.write(folder, OutputKind.COMPLEX);
    List<float[]> whole = run(file, mel, "real", "imaginary");
    float[] expected = new float[256 * frames];
    NaiveInverse.transform(whole.get(0), whole.get(1), frames, expected);
    assertClose(expected, vocode(file, mel));
  }

  @Test
  void anHourIsMadeOfChunksThatKnowNothingOfItsLength() throws Exception {
    int period = 2 * TinyModels.CHUNK;
    Mel mel = mel(period);
    MelSource hour =
        new MelSource() {
          @Override
          public MelSpec spec() {
            return mel.spec();
          }

          @Override
          public long frames() {
            return 3600L * 22_050 / 256 / period * period;
          }

          @Override
          public void read(long first, int count, float[] target) {
            for (int i = 0; i < 80 * count; i++) {
              long t = (first + i % count) % period;
              target[i] = mel.values()[i / count * period + (int) t];
            }
          }

          @Override
          public void close() {}
        };
    float[] second = new float[256 * period];
    long[] count = {0};
    try (OnnxVocoder vocoder =
        OnnxVocoder.open(TinyModels.write(folder, OutputKind.AUDIO), new Device.Cpu(), 2)) {
      vocoder.vocode(
          hour,
          (samples, offset, length) -> {
            long from = count[0] / second.length;
            long last = hour.frames() / period - 1;
            for (int i = 0; i < length; i++) {
              int place = (int) ((count[0] + i) % second.length);
              if (from == 1) {
                second[place] = samples[offset + i];
              } else if (from > 1 && from < last && second[place] != samples[offset + i]) {
                throw new IOException("sample " + (count[0] + i) + " differs");
              }
            }
            count[0] += length;
          });
    }
    assertEquals(256 * hour.frames(), count[0]);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 49, 101, 1536, 1537, 2700})
  void magnitudesGetPhasesAndTheLengthOfTheMel(int frames) throws Exception {
    Path file = TinyModels.write(folder, OutputKind.MAGNITUDE);
    float[] samples = vocode(file, mel(frames));
    assertEquals(256 * frames, samples.length);
  }

  @ParameterizedTest
  @CsvSource({
    "AUDIO, 1, 1",
    "AUDIO, 37, 1",
    "AUDIO, 5, 3",
    "COMPLEX, 1, 1",
    "COMPLEX, 500, 1",
    "COMPLEX, 9, 2",
    "MAGNITUDE, 100, 1"
  })
  void streamGivesTheSamplesOfTheFilePath(OutputKind kind, int piece, int atATime)
      throws Exception {
    Path file = TinyModels.write(folder, kind);
    Mel mel = mel(kind == OutputKind.MAGNITUDE ? 1800 : 333);
    try (OnnxVocoder vocoder = OnnxVocoder.open(file, new Device.Cpu(), atATime)) {
      float[] expected = vocode(vocoder, mel);
      int latency = vocoder.latencyFrames();
      Samples samples = new Samples();
      assertArrayEquals(
          expected, push(vocoder.stream(samples::accept), mel, piece, samples, latency));
    }
  }

  @ParameterizedTest
  @CsvSource({"AUDIO, 1", "AUDIO, 8", "AUDIO, 100", "COMPLEX, 1", "COMPLEX, 3", "MAGNITUDE, 50"})
  void streamInShorterChunksGivesSoundSooner(OutputKind kind, int chunk) throws Exception {
    Path file = TinyModels.write(folder, kind);
    Mel mel = mel(kind == OutputKind.MAGNITUDE ? 1800 : 333);
    try (OnnxVocoder vocoder = OnnxVocoder.open(file)) {
      Samples samples = new Samples();
      VocoderStream stream = vocoder.stream(chunk, samples::accept);
      float[] actual = push(stream, mel, 1, samples, vocoder.latencyFrames(chunk));
      if (kind == OutputKind.MAGNITUDE) {
        assertEquals(256 * 1800, actual.length); // phases have no tolerance to hold
      } else {
        assertClose(vocode(vocoder, mel), actual);
      }
      assertThrows(IllegalArgumentException.class, () -> vocoder.stream(0, samples::accept));
    }
  }

  /** Pushes a mel in pieces; the first samples must come with the frame that is promised. */
  private static float[] push(
      VocoderStream pushed, Mel mel, int piece, Samples samples, int latency) throws Exception {
    int before = 0;
    try (VocoderStream stream = pushed) {
      for (int first = 0; first < mel.frames(); first += piece) {
        int frames = Math.min(piece, mel.frames() - first);
        float[] values = new float[80 * frames];
        MelSource.of(mel).read(first, frames, values);
        stream.accept(values, frames);
        if (samples.count() == 0) {
          before = first + frames;
        }
      }
      stream.finish();
    }
    assertTrue(before < latency && before + piece >= latency, before + " of " + latency);
    return samples.values();
  }

  @ParameterizedTest
  @EnumSource
  void manyChunksAtATimeGiveTheSameSamples(OutputKind kind) throws Exception {
    Path file = TinyModels.write(folder, kind);
    Mel mel = mel(1700);
    float[] expected = vocode(file, mel);
    try (OnnxVocoder vocoder = OnnxVocoder.open(file, new Device.Cpu(), 3)) {
      assertArrayEquals(expected, vocode(vocoder, mel));
      assertArrayEquals(expected, vocode(vocoder, mel));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 48, 57, 58, 59, 96, 97, 300})
  void runsOfEqualLengthGiveTheSameSamples(int frames) throws Exception {
    Path file = TinyModels.write(folder, OutputKind.AUDIO);
    Mel mel = mel(frames);
    try (OnnxVocoder vocoder = OnnxVocoder.open(file)) {
      for (int piece : new int[] {1, 31, frames}) {
        Samples samples = new Samples();
        try (VocoderStream stream = stream(vocoder, samples::accept)) {
          for (int first = 0; first < frames; first += piece) {
            int count = Math.min(piece, frames - first);
            float[] values = new float[80 * count];
            MelSource.of(mel).read(first, count, values);
            stream.accept(values, count);
          }
          stream.finish();
        }
        assertClose(vocode(vocoder, mel), samples.values());
      }
    }
  }

  @Test
  void melOfAnotherSpecIsRefusedWithBothSpecs() throws Exception {
    Path file = TinyModels.write(folder, OutputKind.AUDIO);
    MelSource other = MelSource.of(new Mel(new float[80 * 3], 3, MelSpec.HIFIGAN));
    try (OnnxVocoder vocoder = OnnxVocoder.open(file)) {
      InputException e =
          assertThrows(InputException.class, () -> vocoder.vocode(other, (s, o, l) -> {}));
      assertTrue(
          String.valueOf(e.getMessage()).contains("! scale htk where the mel has slaney"),
          e.getMessage());
      assertTrue(String.valueOf(e.getMessage()).contains(", hop 256, "), e.getMessage());
    }
  }

  @Test
  void faultOfTheSinkEndsTheSynthesis() throws Exception {
    Path file = TinyModels.write(folder, OutputKind.AUDIO);
    try (OnnxVocoder vocoder = OnnxVocoder.open(file, new Device.Cpu(), 2)) {
      IOException e =
          assertThrows(
              IOException.class,
              () ->
                  vocoder.vocode(
                      MelSource.of(mel(500)),
                      (s, o, l) -> {
                        throw new IOException("full");
                      }));
      assertEquals("full", e.getMessage());
      assertEquals(256 * 500, vocode(vocoder, mel(500)).length);
    }
  }

  /** A stream as on a GPU. */
  private static VocoderStream stream(OnnxVocoder vocoder, SampleSink sink) {
    Path file = vocoder.model().file();
    return new VocoderStream(
        vocoder, TinyModels.CHUNK, true, ChunkOutput.of(vocoder.metadata(), file, sink));
  }

  static Mel mel(int frames) {
    Random random = new Random(frames);
    float[] values = new float[80 * frames];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.exp(3 * random.nextGaussian());
    }
    return new Mel(values, frames, MelSpec.NTU);
  }

  static float[] vocode(Path file, Mel mel) throws IOException, InterruptedException {
    try (OnnxVocoder vocoder = OnnxVocoder.open(file)) {
      return vocode(vocoder, mel);
    }
  }

  static float[] vocode(OnnxVocoder vocoder, Mel mel) throws IOException, InterruptedException {
    Samples samples = new Samples();
    vocoder.vocode(MelSource.of(mel), samples::accept);
    return samples.values();
  }

  /** One run of ONNX Runtime over the whole mel, with its default settings and plain arrays. */
  static List<float[]> run(Path file, Mel mel, String... names) throws Exception {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    long[] shape = {1, 80, mel.frames()};
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        OrtSession session = environment.createSession(file.toString(), options);
        OnnxTensor input =
            OnnxTensor.createTensor(environment, FloatBuffer.wrap(mel.values()), shape);
        OrtSession.Result result = session.run(Map.of("mel", input))) {
      List<float[]> outputs = new ArrayList<>();
      for (String name : names) {
        outputs.add(((OnnxTensor) result.get(name).orElseThrow()).getFloatBuffer().array());
      }
      return outputs;
    }
  }

  static void assertClose(float[] expected, float[] actual) {
    assertEquals(expected.length, actual.length);
    double worst = 0;
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      worst = Math.max(worst, Math.abs(expected[i] - actual[i]));
      largest = Math.max(largest, Math.abs(expected[i]));
    }
    assertTrue(largest > 0.05, "largest sample " + largest);
    assertTrue(worst <= 1e-6, "difference " + worst);
  }

  /** Collects samples. */
  static final class Samples {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    void accept(float[] samples, int offset, int length) {
      ByteBuffer block = ByteBuffer.allocate(4 * length);
      block.asFloatBuffer().put(samples, offset, length);
      bytes.writeBytes(block.array());
    }

    int count() {
      return bytes.size() / 4;
    }

    float[] values() {
      float[] values = new float[count()];
      ByteBuffer.wrap(bytes.toByteArray()).asFloatBuffer().get(values);
      return values;
    }
  }
}
