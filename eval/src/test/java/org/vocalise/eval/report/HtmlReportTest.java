package org.vocalise.eval.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vocalise.eval.result.FrechetScore;
import org.vocalise.eval.result.Interval;
import org.vocalise.eval.result.Scores;
import org.vocalise.eval.result.SystemScores;

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

  @Test
  void namesAreEscapedAndBytesAreTheSame() throws Exception {
    Scores scores = TestScores.of(5, "a<script>alert(1)</script>", "b\"onload=\"x");
    ReportSources sources = TestScores.sources(folder);
    String html = HtmlReport.html(scores, sources, ReportInfo.NONE);
    assertEquals(html, HtmlReport.html(scores, sources, ReportInfo.NONE));
    assertFalse(html.contains("<script>alert") || html.contains("<b>Al"));
    assertFalse(html.contains("\"onload"));
    assertTrue(html.contains("&lt;b&gt;Al&amp;to&lt;/b&gt;&quot;&#39;-1#新\uD83C\uDFB6"));
    assertEquals(1, html.split("<script>", -1).length - 1);
    assertTagsAreBalanced(html);
  }

  @Test
  void figuresOfEmbeddingsStandApartAndLogMelIsNotCalledFad() throws Exception {
    Scores scores = TestScores.of(3, "one", "two");
    SystemScores second = scores.systems().get(1);
    FrechetScore vggish =
        new FrechetScore(
            "vggish", "ab".repeat(32), 7, 6.5, new Interval(6, 7), 900, 900, Map.of(), List.of());
    SystemScores other =
        new SystemScores(
            "two", second.files(), second.means(), second.intervals(), vggish, second.skipped());
    ReportSources sources = TestScores.sources(folder);
    String alone = HtmlReport.html(scores, sources, ReportInfo.NONE);
    assertFalse(Pattern.compile("\\bFAD\\b").matcher(alone).find());
    String html =
        HtmlReport.html(
            new Scores(
                1,
                "clean",
                scores.definitions(),
                scores.versions(),
                List.of(scores.systems().get(0), other)),
            sources,
            ReportInfo.NONE);
    assertTrue(html.contains("Frechet distance of log-mel statistics"));
    assertTrue(html.contains("Frechet audio distance (FAD), VGGish"));
    assertTrue(html.contains("<code>" + "ab".repeat(32)));
    assertTrue(html.contains("Change of Frechet distance, log-mel</button>"));
    assertTrue(html.contains("Change of Frechet distance, vggish</button>"));
  }

  @Test
  void recordingThatWentAwayDoesNotTakeThePageWithIt() throws Exception {
    ReportSources sources = TestScores.sources(folder);
    Files.delete(folder.resolve("synthesis.wav"));
    String html = HtmlReport.html(TestScores.of(3, "x"), sources, ReportInfo.NONE);
    assertTrue(html.contains("can&#39;t be shown"));
    assertTrue(html.contains("no such file"));
  }

  @Test
  void oneFileOrNoneAreEnough() throws Exception {
    ReportSources sources = TestScores.sources(folder);
    for (int files : new int[] {0, 1}) {
      String html = HtmlReport.html(TestScores.of(files, "x", "y"), sources, ReportInfo.NONE);
      assertTagsAreBalanced(html);
      String text = html.replaceAll("data:[^\"]*", "").replaceAll("(?s)<script>.*", "");
      assertFalse(text.contains("NaN") || text.contains("Infinity"), text);
    }
  }

  private static void assertTagsAreBalanced(String html) {
    Deque<String> open = new ArrayDeque<>();
    String body = html.replaceAll("(?s)<(style|script)>.*?</\\1>", "");
    Matcher tag = Pattern.compile("<(/?)([a-z0-9]+)(?: [^<>]*)?>").matcher(body);
    while (tag.find()) {
      if (tag.group(1).isEmpty()) {
        if (!Set.of("meta", "input").contains(tag.group(2))) {
          open.push(tag.group(2));
        }
      } else {
        assertEquals(open.pop(), tag.group(2));
      }
    }
    assertTrue(open.isEmpty(), open.toString());
  }
}
