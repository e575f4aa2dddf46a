package org.vocalise.inference;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vocalise.dsp.ByteRecord;
import org.vocalise.dsp.SharedData;
import org.vocalise.dsp.audio.AudioFiles;
import org.vocalise.dsp.mel.Mel;
import org.vocalise.dsp.mel.MelExtractor;
import org.vocalise.dsp.mel.MelSpec;
import org.vocalise.dsp.synth.SungPhrase;

/** Leaves hashes of what models of each kind make of a sung phrase and of recordings. */
final class VocoderBytesTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void phraseByAModelOfEachKind(OutputKind kind) throws Exception {
    Path file = TinyModels.write(folder, kind);
    Mel mel = new MelExtractor(MelSpec.NTU).extract(SungPhrase.sing(22050));
    ByteRecord.leave("vocoder-" + kind, OnnxVocoderTest.vocode(file, mel));
  }

  @ParameterizedTest
  @EnumSource
  void recordingsByAModelOfEachKind(OutputKind kind) throws Exception {
    Path file = TinyModels.write(folder, kind);
    try (OnnxVocoder one = OnnxVocoder.open(file);
        OnnxVocoder four = OnnxVocoder.open(file, new Device.Cpu(), 4)) {
      for (String name : List.of("vocadito_1", "vocadito_10", "smstools_vignesh")) {
        Path recording = SharedData.path("singing_open/" + name + ".flac");
        Mel mel = new MelExtractor(MelSpec.NTU).extract(AudioFiles.read(recording));
        String record = "vocoder-" + kind + "-" + name;
        String hash = ByteRecord.leave(record, OnnxVocoderTest.vocode(one, mel));
        assertEquals(hash, ByteRecord.leave(record, OnnxVocoderTest.vocode(four, mel)), name);
        assertEquals(hash, ByteRecord.leave(record, OnnxVocoderTest.vocode(one, mel)), name);
      }
    }
  }
}
