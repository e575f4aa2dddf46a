package org.vocalise.eval.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The page of a training run: curves of the scores, players and spectrograms of checkpoints beside
 * the recordings. Sounds are linked, relative to the page, since there may be hundreds of them; all
 * else is in it.
 */
public final class ProgressReport {
  private ProgressReport() {}

  /**
   * Writes the page.
   *
   * @param target file to write; a temporary one, where it is to appear whole or not at all
   * @param place the folder that the page will be read from: sounds are linked from there
   */
  public static void write(ProgressInfo info, Path target, Path place) throws IOException {
    Files.write(target, html(info, place).getBytes(StandardCharsets.UTF_8));
  }

  /** The page as a text. */
  public static String html(ProgressInfo info, Path place) {
    Html html = Page.beginLinking(info.title());
    header(html, info);
    html.open("main").line();
    for (String warning : info.warnings()) {
      html.leaf("p", warning, "class", "warning").line();
    }
    List<MetricText> metrics = metrics(info);
    curves(html, info, metrics);
    new ProgressSounds(html, info, place).write();
    table(html, info, metrics);
    html.closeTo("main").line();
    return Page.end(html);
  }

  private static void header(Html html, ProgressInfo info) {
    html.open("header").leaf("h1", info.title());
    html.open("p", "class", "facts");
    info.facts().forEach(fact -> html.leaf("span", fact).text(" "));
    html.close();
    ProgressInfo.Checkpoint best = info.best();
    if (best != null) {
      html.open("p").text("Best by " + info.rule() + ": ");
      html.leaf("b", "step " + best.step()).text(".").close();
    }
    html.open("nav", "aria-label", "Parts of this page");
    html.leaf("a", "Scores", "href", "#scores").text(" ");
    html.leaf("a", "Listen", "href", "#listen").text(" ");
    html.leaf("a", "All checkpoints", "href", "#checkpoints").close().close().line();
  }

  private static List<MetricText> metrics(ProgressInfo info) {
    Set<String> keys = new LinkedHashSet<>();
    info.checkpoints().forEach(checkpoint -> keys.addAll(checkpoint.scores().keySet()));
    return MetricText.ordered(keys);
  }

  private static void curves(Html html, ProgressInfo info, List<MetricText> metrics) {
    html.open("section", "id", "scores").leaf("h2", "Scores");
    html.leaf("p", "Means over the validation clips, by steps. The best checkpoint has a ring.");
    html.open("div", "class", "panels");
    for (MetricText metric : metrics) {
      ProgressCurve.write(html, metric, info.checkpoints());
    }
    html.close().close().line();
  }

  private static void table(Html html, ProgressInfo info, List<MetricText> metrics) {
    boolean trainers = info.checkpoints().stream().anyMatch(each -> each.trainerMStft() != null);
    html.open("section", "id", "checkpoints").leaf("h2", "All checkpoints");
    Tables.scroll(html, "Means over clips; a click on a heading sorts.");
    html.open("table", "class", "sortable files").open("thead").open("tr");
    Tables.heading(html, "Step", false);
    metrics.forEach(metric -> Tables.heading(html, metric.heading(), false));
    if (trainers) {
      Tables.heading(html, "M-STFT, the trainer's", false);
    }
    html.closeTo("thead").open("tbody").line();
    for (ProgressInfo.Checkpoint checkpoint : info.checkpoints()) {
      html.open("tr");
      html.open(
          "th", "scope", "row", "class", "number", "data-v", Long.toString(checkpoint.step()));
      html.text(Long.toString(checkpoint.step()));
      if (checkpoint.best()) {
        html.leaf("span", " best", "class", "best");
      }
      html.close();
      for (MetricText metric : metrics) {
        number(html, checkpoint.scores().get(metric.key()), metric.decimals());
      }
      if (trainers) {
        number(html, checkpoint.trainerMStft(), 3);
      }
      html.close().line();
    }
    html.closeTo("div").close().line();
  }

  private static void number(
      Html html, @org.jspecify.annotations.Nullable Double value, int decimals) {
    if (value == null) {
      Tables.none(html);
    } else {
      Tables.number(html, value, String.format(Locale.ROOT, "%." + decimals + "f", value));
    }
  }
}
