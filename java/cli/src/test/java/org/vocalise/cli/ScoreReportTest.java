package org.vocalise.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of {@code vocalise score}. */
final class ScoreReportTest {
  @TempDir private Path folder;

  @Test
  void studentsTextsStandInThePage() throws IOException {
    for (int i = 0; i < 3; i++) {
      TestAudio.tone(folder.resolve("ref/" + i + ".wav"), 22050, 30_000, i);
      TestAudio.tone(folder.resolve("one/" + i + ".wav"), 22050, 30_000, i + 7);
      TestAudio.tone(folder.resolve("two/" + i + ".wav"), 22050, 30_000, i + 9);
    }
    Path info = folder.resolve("me.yaml");
    Files.writeString(info, "name: Ada <Lovelace>\nstudent_id: r1\nfindings: [It works]\n");
    Path page = folder.resolve("a/report.html");
    for (String out : new String[] {"a", "b"}) {
      CommandResult result = score(out, "--report-info", info);
      assertEquals(0, result.exitCode(), result.err());
    }
    String html = Files.readString(page);
    assertTrue(html.contains("<h1>Scores of synthesised singing</h1>"));
    assertTrue(html.contains("<span>Ada &lt;Lovelace&gt;</span>"));
    assertTrue(html.contains("<li>It works</li>"));
    assertTrue(html.contains("Do the systems differ?"));
    assertArrayEquals(
        Files.readAllBytes(page), Files.readAllBytes(folder.resolve("b/report.html")));

    Files.writeString(info, "name: Ada\n");
    CommandResult refused = score("c", "--report-info", info);
    assertEquals(4, refused.exitCode());
    assertTrue(refused.err().contains("me.yaml: student_id is missing"), refused.err());
    assertFalse(Files.exists(folder.resolve("c")));
    assertEquals(2, score("c", "--report-info", info, "--no-report").exitCode());
  }

  private CommandResult score(String out, Object... more) {
    List<Object> all = new ArrayList<>(List.of("score", "--reference", folder.resolve("ref")));
    all.addAll(List.of("--synth", folder.resolve("one"), folder.resolve("two")));
    all.addAll(List.of("-o", folder.resolve(out), "--no-cache", "--metrics", "m_stft"));
    all.addAll(List.of(more));
    return CommandResult.of(all.toArray());
  }
}
