package org.vocalise.eval.report;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vocalise.eval.result.Scores;

final class HtmlReportTest {
  private static final ReportInfo INFO =
      new ReportInfo(
          "Vocoding <singing>",
          "Ada & Co",
          "r12345678",
          "Music AI",
          null,
          "We trained a generator.\n\nIn two steps:\n- mel loss\n- adversarial\n  losses",
          "See the table.",
          "It works.");

  @TempDir private Path folder;

  @Test
  void everythingIsInThePageAndNothingComesFromElsewhere() throws Exception {
    Scores scores = TestScores.of(12, "griffin-lim", "hifigan");
    Path file = folder.resolve("report.html");
    HtmlReport.write(scores, TestScores.sources(folder), INFO, file);
    String html = Files.readString(file);
    for (String part :
        new String[] {
          "Results",
          "Do the systems differ?",
          "Worst and best files",
          "Findings",
          "All files",
          "Flagged files",
          "Not scored",
          "Definitions and versions",
          "r12345678",
          "<li>adversarial losses</li>",
          "data:audio/wav;base64,",
          "data:image/png;base64,",
          "no frame of the reference is voiced",
          "shifted by 128 samples",
          "noise floor"
        }) {
      assertTrue(html.contains(part), part);
    }
    assertFalse(html.matches("(?s).*(src|href)=\"(?!data:|#).*"));
    assertFalse(html.contains("http:") || html.contains("https:") || html.contains("@import"));
    assertFalse(html.contains("url("));
    String copy = System.getProperty("vocalise.report.copy");
    if (copy != null) {
      Files.writeString(Path.of(copy), html);
    }
  }
}
