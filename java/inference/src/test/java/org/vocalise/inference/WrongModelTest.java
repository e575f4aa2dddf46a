package org.vocalise.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vocalise.dsp.io.InputException;

final class WrongModelTest {
  @TempDir private Path folder;

  @Test
  void missingFileAndFolderAreNamed() {
    assertRefused(folder.resolve("no.onnx"), "no.onnx: no such file");
    assertRefused(folder, "is a folder");
  }

  @Test
  void whatIsNoOnnxIsRefusedWithTheByte() throws IOException {
    assertRefused(Files.createFile(folder.resolve("empty")), "is empty");
    Path text = Files.writeString(folder.resolve("text"), "# a model\n");
    assertRefused(text, "byte ");
    Path zeros = Files.write(folder.resolve("zeros"), new byte[4096]);
    assertRefused(zeros, "byte 0");
    Path ir = Files.write(folder.resolve("ir"), new byte[] {8, 7});
    assertRefused(ir, "it has no graph");
  }

  @Test
  void fileCutOffAnywhereIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(TinyModels.write(folder, OutputKind.AUDIO));
    for (int length = 1; length < whole.length; length += 1 + whole.length / 41) {
      Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, length));
      assertThrows(InputException.class, () -> OnnxVocoder.open(cut), "length " + length);
    }
  }

  @Test
  void lengthsThatLieCostNoMemory() throws IOException {
    // Field 7 (the graph) and field 14 (metadata), of 2^40 bytes.
    for (int field : new int[] {7, 14}) {
      byte[] bytes = {(byte) (field << 3 | 2), -128, -128, -128, -128, -128, 32, 0, 0};
      assertRefused(Files.write(folder.resolve("lie"), bytes), "byte 0: a field of 1099511627776");
    }
  }

  @Test
  void onnxFileOfSomebodyElseIsRefusedWithTheCure() throws IOException {
    Path file = TinyModels.builder(OutputKind.AUDIO, 1).write(folder.resolve("a.onnx"));
    assertRefused(file, "without Vocalise's metadata: export the model with");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "schema | 2 | schema is 2, and only 1 can be read: use a newer Vocalise",
        "schema | one | vocalise.schema: is 'one', not a whole number",
        "output_kind | waves | not audio, complex or magnitude",
        "output_kind | complex | output is complex without inverse_stft",
        "context_frames | -1 | context_frames is -1",
        "chunk_frames | 0 | chunk_frames is 0",
        "chunk_frames | 2000000000 | chunk_frames is 2000000000",
        "samples_per_frame | 300 | samples_per_frame is 300, the mel spec's hop 256",
        "mel_spec | {} | vocalise.mel_spec: sampleRate is missing",
        "mel_spec | { | vocalise.mel_spec: is no JSON",
        "name | | vocalise.name is missing"
      })
  void metadataThatDoNotFitAreNamed(String key, String value, String message) throws IOException {
    Map<String, String> metadata = new HashMap<>(TinyModels.metadata(OutputKind.AUDIO));
    metadata.remove("vocalise." + key);
    if (value != null) {
      metadata.put("vocalise." + key, value);
    }
    assertRefused(write(OutputKind.AUDIO, metadata), message);
  }

  @Test
  void everyFieldOfTheSpecIsAsked() throws IOException {
    String json = TinyModels.specJson();
    for (String field : MelSpecJson.fields(org.vocalise.dsp.mel.MelSpec.NTU).keySet()) {
      Map<String, String> metadata = new HashMap<>(TinyModels.metadata(OutputKind.AUDIO));
      metadata.put("vocalise.mel_spec", json.replace("\"" + field + "\"", "\"other\""));
      assertRefused(write(OutputKind.AUDIO, metadata), field + " is missing");
    }
  }

  @Test
  void outputsOfAnotherKindAreRefused() throws IOException {
    Map<String, String> metadata = TinyModels.metadata(OutputKind.AUDIO);
    assertRefused(write(OutputKind.MAGNITUDE, metadata), "none is named audio");
    assertRefused(write(OutputKind.COMPLEX, metadata), "and kind audio has [audio]");
  }

  @Test
  void anotherNumberOfBandsOrBinsIsRefused() throws IOException {
    Map<String, String> metadata = new HashMap<>(TinyModels.metadata(OutputKind.MAGNITUDE));
    metadata.put("vocalise.mel_spec", TinyModels.specJson().replace("80", "81"));
    assertRefused(write(OutputKind.MAGNITUDE, metadata), "[-1, 80, -1], not [-1, 81, -1]");
    metadata.put(
        "vocalise.mel_spec", TinyModels.specJson().replace("\"nFft\": 1024", "\"nFft\": 2048"));
    assertRefused(write(OutputKind.MAGNITUDE, metadata), "[-1, 513, -1], not [-1, 1025, -1]");
  }

  @Test
  void anotherNumberOfSamplesIsRefused() throws IOException {
    Map<String, String> metadata = new HashMap<>(TinyModels.metadata(OutputKind.AUDIO));
    metadata.put("vocalise.samples_per_frame", "128");
    metadata.put(
        "vocalise.mel_spec", TinyModels.specJson().replace("\"hop\": 256", "\"hop\": 128"));
    assertRefused(write(OutputKind.AUDIO, metadata), "a trial run fails");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AUDIO", "COMPLEX", "MAGNITUDE"})
  void weightsOfNanAreFound(OutputKind kind) throws IOException {
    Path file =
        TinyModels.builder(kind, Float.NaN)
            .metadata(TinyModels.metadata(kind))
            .write(folder.resolve("nan.onnx"));
    assertRefused(file, "frames 0 to 0: NaN: the model's weights are damaged");
  }

  @Test
  void modelsThatDifferHaveOtherWeightHashes() throws IOException {
    Path one = TinyModels.write(folder, OutputKind.AUDIO);
    Path two = TinyModels.builder(OutputKind.AUDIO, 2).write(folder.resolve("b.onnx"));
    Path same = TinyModels.builder(OutputKind.AUDIO, 1).write(folder.resolve("c.onnx"));
    String hash = OnnxFile.read(one).weightsSha256();
    assertEquals(64, hash.length());
    assertEquals(hash, OnnxFile.read(same).weightsSha256());
    assertFalse(hash.equals(OnnxFile.read(two).weightsSha256()));
  }

  private Path write(OutputKind graph, Map<String, String> metadata) throws IOException {
    return TinyModels.builder(graph, 1).metadata(metadata).write(folder.resolve("wrong.onnx"));
  }

  private static void assertRefused(Path file, String message) {
    InputException e = assertThrows(InputException.class, () -> OnnxVocoder.open(file).close());
    String text = String.valueOf(e.getMessage());
    assertTrue(text.contains(message), text);
    assertTrue(text.startsWith(file.toString()), text);
    assertEquals(1, text.lines().count());
  }
}
