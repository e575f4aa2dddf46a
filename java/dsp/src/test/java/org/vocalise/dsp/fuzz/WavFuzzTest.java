package org.vocalise.dsp.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import org.junit.jupiter.api.Tag;

/**
 * Any bytes as a WAV file. Runs the seeds as a plain test; to fuzz for 60 s:
 *
 * <pre>JAZZER_FUZZ=1 mvn -B -pl java/dsp test -Dtest=WavFuzzTest</pre>
 */
@Tag("fuzz")
class WavFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void readsOrRefuses(byte[] bytes) throws IOException {
    FuzzTarget.check(bytes, AudioReader::read);
  }
}
