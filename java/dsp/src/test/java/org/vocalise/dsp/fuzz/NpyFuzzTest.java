package org.vocalise.dsp.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.vocalise.dsp.npy.NpyReader;

/**
 * Any bytes as an npy file. Runs the seeds as a plain test; to fuzz for 60 s:
 *
 * <pre>JAZZER_FUZZ=1 mvn -B -pl java/dsp test -Dtest=NpyFuzzTest</pre>
 */
@Tag("fuzz")
class NpyFuzzTest {
  private static final int MAX_VALUES = 1 << 20;

  @FuzzTest(maxDuration = "60s")
  void readsOrRefuses(byte[] bytes) throws IOException {
    FuzzTarget.check(bytes, NpyFuzzTest::read);
  }

  private static void read(Path file) throws IOException {
    try (NpyReader reader = NpyReader.open(file)) {
      int count = (int) Math.min(reader.columns(), MAX_VALUES / reader.rows());
      float[] values = new float[reader.rows() * count];
      reader.read(reader.columns() - count, count, values);
    }
  }
}
