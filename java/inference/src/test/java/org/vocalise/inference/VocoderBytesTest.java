package org.vocalise.inference;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vocalise.dsp.ByteRecord;
import org.vocalise.dsp.mel.Mel;
import org.vocalise.dsp.mel.MelExtractor;
import org.vocalise.dsp.mel.MelSpec;
import org.vocalise.dsp.synth.SungPhrase;

/** Leaves hashes of what models of each kind make of a sung phrase. */
final class VocoderBytesTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void phraseByAModelOfEachKind(OutputKind kind) throws Exception {
    Path file = TinyModels.write(folder, kind);
    Mel mel = new MelExtractor(MelSpec.NTU).extract(SungPhrase.sing(22050));
    ByteRecord.leave("vocoder-" + kind, OnnxVocoderTest.vocode(file, mel));
  }
}
