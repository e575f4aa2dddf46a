package org.vocalise.dsp.phase;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vocalise.dsp.mel.Mel;
import org.vocalise.dsp.mel.MelExtractor;
import org.vocalise.dsp.mel.MelSource;
import org.vocalise.dsp.mel.MelSpec;
import org.vocalise.dsp.synth.SungPhrase;

/** Leaves hashes of mels and of what is synthesised of them, which CI compares over two JDKs. */
class PhaseBytesTest {
  @ParameterizedTest
  @ValueSource(strings = {"ntu", "hifigan", "vocos24k"})
  void hashesOfMelAndSynthesis(String preset) throws Exception {
    MelSpec spec =
        switch (preset) {
          case "ntu" -> MelSpec.NTU;
          case "hifigan" -> MelSpec.HIFIGAN;
          default -> MelSpec.VOCOS24K;
        };
    Mel mel = new MelExtractor(spec).extract(SungPhrase.sing(spec.sampleRate()));
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    update(digest, mel.values(), 0, mel.values().length);
    new GriffinLim(spec, GriffinLimOptions.DEFAULT)
        .vocode(MelSource.of(mel), (block, offset, count) -> update(digest, block, offset, count));
    new GriffinLim(spec, GriffinLimOptions.classic(3))
        .vocode(MelSource.of(mel), (block, offset, count) -> update(digest, block, offset, count));
    Path folder = Files.createDirectories(Path.of("target/bytes"));
    Files.writeString(
        folder.resolve("griffin-lim-" + preset + ".sha256"),
        HexFormat.of().formatHex(digest.digest()));
  }

  private static void update(MessageDigest digest, float[] values, int offset, int count) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * count);
    bytes.asFloatBuffer().put(values, offset, count);
    digest.update(bytes);
  }
}
