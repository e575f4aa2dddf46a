package org.vocalise.dsp.phase;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vocalise.dsp.ByteRecord;
import org.vocalise.dsp.mel.Mel;
import org.vocalise.dsp.mel.MelExtractor;
import org.vocalise.dsp.mel.MelSource;
import org.vocalise.dsp.mel.MelSpec;
import org.vocalise.dsp.synth.SungPhrase;

/** Leaves hashes of mels and of what is synthesised of them. */
class PhaseBytesTest {
  @ParameterizedTest
  @ValueSource(strings = {"ntu", "hifigan", "vocos24k"})
  void melAndSynthesis(String preset) throws Exception {
    MelSpec spec =
        switch (preset) {
          case "ntu" -> MelSpec.NTU;
          case "hifigan" -> MelSpec.HIFIGAN;
          default -> MelSpec.VOCOS24K;
        };
    Mel mel = new MelExtractor(spec).extract(SungPhrase.sing(spec.sampleRate()));
    ByteRecord.leave("mel-" + preset, mel.values());
    leave("griffin-lim-" + preset, mel, GriffinLimOptions.DEFAULT);
    leave("griffin-lim-classic-" + preset, mel, GriffinLimOptions.classic(3));
  }

  private static void leave(String name, Mel mel, GriffinLimOptions options)
      throws IOException, InterruptedException {
    float[] samples = new float[mel.frames() * mel.spec().hop()];
    int[] at = {0};
    new GriffinLim(mel.spec(), options)
        .vocode(
            MelSource.of(mel),
            (block, offset, count) -> {
              System.arraycopy(block, offset, samples, at[0], count);
              at[0] += count;
            });
    ByteRecord.leave(name, Arrays.copyOf(samples, at[0]));
  }
}
