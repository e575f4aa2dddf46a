package org.vocalise.eval.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vocalise.dsp.audio.WavFormat;
import org.vocalise.dsp.audio.WavWriter;

final class ProgressReportTest {
  @TempDir private Path folder;

  @Test
  void soundsAreLinkedFromWhereThePageLies() throws Exception {
    String page = page(3);
    assertTrue(page.contains("src=\"recordings/a%20%23%3F%25.wav\""), page);
    assertTrue(page.contains("src=\"made/20/a%20%23%3F%25.wav\""), page);
    assertTrue(page.contains("media-src data: &#39;self&#39; file:\""), "what may be loaded");
    assertTrue(page.contains("Alto &lt;b&gt;"), "names are escaped");
    assertFalse(page.contains("http:") || page.contains("https:"), "nothing from elsewhere");
    assertTrue(page.contains("step 20, best"), "the best is told");
    assertEquals(4, page.split("<image ", -1).length - 1, "recording, first, best, difference");
    assertTrue(page.contains("can&#39;t agree"), "warnings are shown");
    assertTrue(page.contains("data-v=\"0.5\""), "the table has the figures");
  }

  @Test
  void ofManyCheckpointsSomeCanBeHeard() throws Exception {
    String page = page(40);
    assertEquals(13, page.split("<audio ", -1).length - 1, "the recording and twelve others");
    for (String step : List.of("step 10<", "step 20, best<", "step 400<")) {
      assertTrue(page.contains(step), step);
    }
    assertTrue(page.contains("Of 40 checkpoints, 12 are here"));
  }

  @Test
  void aCheckpointAloneAndAMissingSoundAreShown() throws Exception {
    assertTrue(page(1).contains("step 10"));
    Files.delete(folder.resolve("recordings/a #?%.wav"));
    assertTrue(ProgressReport.html(info(2), folder).contains("can&#39;t be shown"));
  }

  private String page(int checkpoints) throws IOException {
    write(folder.resolve("recordings/a #?%.wav"));
    for (int i = 1; i <= checkpoints; i++) {
      write(folder.resolve("made/" + 10 * i + "/a #?%.wav"));
    }
    return ProgressReport.html(info(checkpoints), folder);
  }

  private ProgressInfo info(int count) {
    List<ProgressInfo.Checkpoint> checkpoints = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      checkpoints.add(
          new ProgressInfo.Checkpoint(
              10L * i,
              Map.of("m_stft", i == 2 ? 0.5 : 1.0 / i + 1, "frechet", 3.0),
              i == 1 ? null : Double.valueOf(1.2),
              i == 2,
              Map.of("a", folder.resolve("made/" + 10 * i + "/a #?%.wav"))));
    }
    return new ProgressInfo(
        "first: validation",
        List.of("3 checkpoints"),
        "m_stft",
        List.of("they can't agree"),
        checkpoints,
        List.of(new ProgressInfo.Clip("a", "Alto <b>", folder.resolve("recordings/a #?%.wav"))));
  }

  private static void write(Path file) throws IOException {
    Files.createDirectories(file.resolveSibling("."));
    try (WavWriter wav = new WavWriter(file, 22_050, WavFormat.PCM16)) {
      float[] samples = new float[22_050];
      for (int i = 0; i < samples.length; i++) {
        samples[i] = (float) (0.3 * StrictMath.sin(0.05 * i));
      }
      wav.write(samples, 0, samples.length);
    }
  }
}
