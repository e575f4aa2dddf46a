package org.vocalise.eval.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vocalise.eval.result.Scores;
import org.vocalise.eval.result.SystemScores;

/**
 * The page of a scoring run, {@code report.html}: one file without anything from elsewhere, which a
 * browser prints as slides of 16:9. The same scores and recordings give the same bytes.
 */
public final class HtmlReport {
  private HtmlReport() {}

  /**
   * Writes the page.
   *
   * @param sources of the worst and best files' recordings and tracks; one that can't be read is
   *     told in the page
   * @param info what a person adds, or {@link ReportInfo#NONE}
   * @param target file to write; a temporary one, where it is to appear whole or not at all
   * @throws IOException if the file can't be written
   */
  public static void write(Scores scores, ReportSources sources, ReportInfo info, Path target)
      throws IOException, InterruptedException {
    Files.write(target, html(scores, sources, info).getBytes(StandardCharsets.UTF_8));
  }

  /** The page as a text. */
  public static String html(Scores scores, ReportSources sources, ReportInfo info)
      throws InterruptedException {
    Html html = Page.begin(info.title());
    cover(html, scores, info);
    html.open("main").line();
    navigation(html, scores);
    prose(html, "method", "Method", info.method());
    SummarySection.write(html, scores, info);
    if (scores.systems().size() > 1) {
      TestsSection.write(html, PairedTest.all(scores.systems()));
    }
    DistanceSection.write(html, scores);
    List<MetricText> metrics = SummarySection.metrics(scores);
    new ExamplesSection(html, sources, metrics).write(scores.systems());
    prose(html, "findings", "Findings", info.findings());
    FilesSection.write(html, scores);
    DefinitionsSection.write(html, scores);
    html.closeTo("main").line();
    return Page.end(html);
  }

  private static void cover(Html html, Scores scores, ReportInfo info) {
    html.open("header", "class", "slide cover").leaf("h1", info.title());
    List<String> who =
        Stream.of(info.name(), info.studentId(), info.course(), info.date())
            .filter(Objects::nonNull)
            .toList();
    if (!who.isEmpty()) {
      html.open("p", "class", "who");
      who.forEach(text -> html.leaf("span", text).text(" "));
      html.close();
    }
    List<SystemScores> systems = scores.systems();
    html.open("p", "class", "facts");
    html.leaf("span", systems.size() == 1 ? "1 system" : systems.size() + " systems").text(" ");
    long files = systems.stream().mapToLong(system -> system.files().size()).max().orElse(0);
    html.leaf("span", files == 1 ? "1 file" : files + " files").text(" ");
    html.leaf("span", "protocol " + scores.protocol()).text(" ");
    String version = scores.versions().get("vocalise");
    html.leaf("span", version == null ? "Vocalise" : "Vocalise " + version);
    html.close().close().line();
  }

  private static void navigation(Html html, Scores scores) {
    List<SystemScores> systems = scores.systems();
    html.open("nav", "class", "screen", "aria-label", "Parts of this page");
    link(html, "results", "Results");
    link(html, "examples", "Worst and best files");
    link(html, "files", "All files");
    long flagged = FilesSection.flagged(systems);
    if (flagged > 0) {
      link(html, "flags", flagged == 1 ? "1 flagged file" : flagged + " flagged files");
    }
    int skipped = systems.stream().mapToInt(system -> system.skipped().size()).sum();
    if (skipped > 0) {
      link(html, "skipped", skipped == 1 ? "1 missing score" : skipped + " missing scores");
    }
    link(html, "definitions", "Definitions");
    html.close().line();
  }

  private static void link(Html html, String id, String text) {
    html.leaf("a", text, "href", "#" + id).text(" ");
  }

  private static void prose(Html html, String id, String title, @Nullable String text) {
    if (text != null) {
      html.open("section", "class", "slide", "id", id).leaf("h2", title);
      Prose.write(html, text);
      html.close().line();
    }
  }
}
