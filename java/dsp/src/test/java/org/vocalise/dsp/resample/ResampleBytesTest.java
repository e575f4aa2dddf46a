package org.vocalise.dsp.resample;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vocalise.dsp.ByteRecord;
import org.vocalise.dsp.synth.SungPhrase;

/** Leaves hashes of a sung phrase and of resampled ones. */
class ResampleBytesTest {
  @ParameterizedTest
  @EnumSource
  void resampledPhrase(ResamplerKernel kernel) throws Exception {
    float[] phrase = SungPhrase.sing(48000).samples();
    ByteRecord.leave("phrase", phrase);
    for (int rate : new int[] {22050, 44101}) {
      float[] resampled = new Resampler(48000, rate, kernel).resample(phrase);
      ByteRecord.leave("resampled-" + kernel + "-" + rate, resampled);
    }
  }
}
