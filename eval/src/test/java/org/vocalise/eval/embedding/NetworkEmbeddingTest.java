package org.vocalise.eval.embedding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vocalise.dsp.SharedData;
import org.vocalise.dsp.audio.AudioFiles;
import org.vocalise.dsp.audio.WavFormat;
import org.vocalise.dsp.audio.WavWriter;
import org.vocalise.dsp.audio.Waveform;
import org.vocalise.dsp.io.InputException;
import org.vocalise.dsp.npy.NpyReader;
import org.vocalise.inference.ConvertedModels;
import org.vocalise.inference.OutputKind;
import org.vocalise.inference.TinyModels;

/** Golden values: torchvggish's own code, its network filled with a generator's numbers. */
final class NetworkEmbeddingTest {
  @TempDir private Path folder;

  private static Waveform prepared(String clip, int rate) throws IOException {
    Waveform recording = AudioFiles.read(SharedData.path("golden/peers/" + clip + "_gt.wav"));
    return EmbeddingInput.NTU.prepare(recording, rate);
  }

  private static float[] matrix(Path file) throws IOException {
    try (NpyReader npy = NpyReader.open(file)) {
      float[] values = new float[npy.rows() * (int) npy.columns()];
      npy.read(0, (int) npy.columns(), values);
      return values;
    }
  }

  /** The floats of an npy file of any number of axes: all that follows its header of 128 bytes. */
  private static float[] floats(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[(bytes.capacity() - 128) / 4];
    bytes.position(128).asFloatBuffer().get(values);
    return values;
  }

  @ParameterizedTest
  @ValueSource(strings = {"c2", "c3"})
  void vggishPatchesAndVectorsAreTheReferenceTools(String clip) throws Exception {
    String base = "golden/peers/" + clip;
    float[] expected = floats(SharedData.path(base + "_vggish_patches.npy"));
    Waveform signal = prepared(clip, 16_000);
    assertArrayEquals(expected, VggishFrontEnd.patches(signal.samples()), 1e-4f);
    try (Embedding vggish = NetworkEmbedding.vggish(ConvertedModels.generatorVggish())) {
      float[] vectors = vggish.embed(signal);
      Path embedding = SharedData.path(base + "_vggish_lcg_embedding.npy");
      assertArrayEquals(matrix(embedding), vectors, 1e-4f);
      assertEquals(64, String.valueOf(vggish.settings().get("weights_sha256")).length());
    }
  }

  @Test
  void vggishCutsAsItsAuthorsDo() {
    assertEquals(2 * 96 * 64, VggishFrontEnd.patches(new float[32_000]).length);
    assertEquals(96 * 64, VggishFrontEnd.patches(new float[15_600]).length);
    assertEquals(0, VggishFrontEnd.patches(new float[15_599]).length);
    assertEquals(0, VggishFrontEnd.patches(new float[0]).length);
    assertEquals(Math.log(0.01), VggishFrontEnd.patches(new float[15_600])[0], 1e-6);
  }

  @Test
  void efficientAtSeesWhatItsFrontEndMakesInPyTorch() throws Exception {
    Waveform signal = prepared("c3", 32_000);
    float[] mel = EfficientAtFrontEnd.mel(signal.samples());
    assertEquals(1 + (signal.samples().length - 1) / 320, mel.length / 128);
    try (Embedding embedding = NetworkEmbedding.efficientAt(ConvertedModels.efficientAt())) {
      float[] vectors = embedding.embed(signal);
      Path wav = folder.resolve("signal.wav");
      try (WavWriter writer = new WavWriter(wav, 32_000, WavFormat.FLOAT32)) {
        writer.write(signal.samples(), 0, signal.samples().length);
      }
      Path peerMel = folder.resolve("mel.npy");
      Path peerVectors = folder.resolve("vectors.npy");
      Path weights = SharedData.path("weights/efficientat_mn04/mn04_as_mAP_432.pt");
      ConvertedModels.run(
          List.of(
              "tests/efficientat_peer.py",
              wav.toString(),
              weights.toString(),
              peerMel.toString(),
              peerVectors.toString()));
      assertArrayEquals(transposed(matrix(peerMel), 128), mel, 1e-4f);
      assertArrayEquals(matrix(peerVectors), vectors, 1e-4f);
      assertEquals(0, embedding.embed(new Waveform(new float[31_680], 32_000)).length);
      assertEquals(384, embedding.embed(new Waveform(new float[31_681], 32_000)).length);
      assertEquals(0, embedding.embed(new Waveform(new float[0], 32_000)).length);
    }
  }

  private static float[] transposed(float[] matrix, int rows) {
    int columns = matrix.length / rows;
    float[] result = new float[matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      result[i % columns * rows + i / columns] = matrix[i];
    }
    return result;
  }

  @Test
  void aModelOfAnotherKindIsRefused() throws Exception {
    Path vocoder = TinyModels.write(folder, OutputKind.AUDIO);
    InputException e = assertThrows(InputException.class, () -> NetworkEmbedding.vggish(vocoder));
    assertTrue(String.valueOf(e.getMessage()).contains("vocalise models add vggish"));
    assertThrows(InputException.class, () -> NetworkEmbedding.efficientAt(vocoder));
  }
}
