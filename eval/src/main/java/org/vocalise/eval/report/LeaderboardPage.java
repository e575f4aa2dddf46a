package org.vocalise.eval.report;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vocalise.eval.result.Interval;
import org.vocalise.eval.result.SystemScores;

/** A leaderboard as a page, {@code leaderboard.html}: one file without anything from elsewhere. */
public final class LeaderboardPage {
  private final Leaderboard board;
  private final MetricText by;
  private final List<SystemScores> systems;
  private final List<MetricText> metrics;
  private final List<DistanceSection.Ruler> rulers;
  private final Html html;

  private LeaderboardPage(Leaderboard board, String title) {
    this.board = board;
    by = MetricText.of(board.rankedBy());
    systems = board.scores().systems();
    metrics = SummarySection.metrics(board.scores());
    rulers = DistanceSection.rulers(systems);
    html = Page.begin(title);
  }

  /** The page as a text. */
  public static String html(Leaderboard board, String title) {
    return new LeaderboardPage(board, title).write(title);
  }

  private String write(String title) {
    html.open("header", "class", "slide cover").leaf("h1", title);
    html.open("p", "class", "facts");
    html.leaf("span", systems.size() == 1 ? "1 system" : systems.size() + " systems").text(" ");
    html.leaf("span", SummarySection.files(systems.get(0).files().size())).text(" ");
    html.leaf("span", "protocol " + board.scores().protocol()).text(" ");
    html.leaf("span", "ranked by " + by.title() + ", " + by.better().words);
    html.close().close().line().open("main").line();
    for (String note : board.notes()) {
      html.leaf("p", note, "class", "warning").line();
    }
    table();
    tests();
    DistanceSection.write(html, board.scores());
    DefinitionsSection.write(html, board.scores());
    html.closeTo("main").line();
    return Page.end(html);
  }

  private void table() {
    html.open("section", "class", "slide", "id", "board").leaf("h2", "Ranks");
    Tables.scroll(
        html,
        "Means over files and 95 % bootstrap intervals; a column's name sorts by it. Systems count"
            + " as told apart where the paired test's corrected p is below 0.05.");
    html.open("table", "class", "sortable board").open("thead").open("tr");
    Tables.heading(html, "System", true);
    Tables.heading(html, "Rank", false);
    if (!by.key().equals(MetricText.FRECHET)) {
      html.leaf("th", by.title() + ", drawn", "scope", "col", "class", "drawn");
      html.leaf("th", "Not told apart from ranks", "scope", "col");
    }
    metrics.forEach(metric -> Tables.heading(html, metric.heading(), false));
    rulers.forEach(ruler -> Tables.heading(html, ruler.heading(), false));
    Tables.heading(html, "Flagged files", false);
    html.closeTo("thead").open("tbody").line();
    systems.forEach(this::row);
    html.closeTo("section").line();
  }

  private void row(SystemScores system) {
    html.open("tr").open("th", "scope", "row").name(system.name());
    html.open("span", "class", "small").name(board.sources().getOrDefault(system.name(), ""));
    html.close().close();
    Integer rank = board.rank(system.name(), by.key());
    number(rank == null ? null : rank.doubleValue(), rank == null ? "" : rank.toString(), null);
    if (!by.key().equals(MetricText.FRECHET)) {
      html.open("td", "class", "drawn");
      IntervalPlot.write(html, by, List.of(system), systems);
      html.close().leaf("td", alike(system));
    }
    for (MetricText metric : metrics) {
      Double mean = system.means().get(metric.key());
      Interval interval = system.intervals().get(metric.key());
      number(
          mean,
          mean == null ? "" : metric.format(mean),
          interval == null ? null : SummarySection.words(metric, interval));
    }
    for (DistanceSection.Ruler ruler : rulers) {
      Double value = Leaderboard.value(system, MetricText.FRECHET);
      boolean same =
          system.frechet() != null && ruler.equals(DistanceSection.Ruler.of(system.frechet()));
      number(same ? value : null, value == null ? "" : DistanceSection.format(value), null);
    }
    long flagged = FilesSection.flagged(List.of(system));
    Tables.number(html, (double) flagged, flagged == 0 ? "" : Long.toString(flagged));
    html.close().line();
  }

  private void number(@Nullable Double value, String printed, @Nullable String more) {
    if (value == null) {
      Tables.none(html);
      return;
    }
    html.open("td", "class", "number", "data-v", Double.toString(value)).text(printed);
    if (more != null) {
      html.leaf("span", more, "class", "small");
    }
    html.close();
  }

  /** Ranks of the systems that the tests don't tell from this one. */
  private String alike(SystemScores system) {
    return board.tests().stream()
        .filter(test -> test.metric().equals(by.key()) && !test.significant())
        .filter(test -> test.first().equals(system.name()) || test.second().equals(system.name()))
        .map(test -> test.first().equals(system.name()) ? test.second() : test.first())
        .map(other -> board.rank(other, by.key()))
        .sorted()
        .map(String::valueOf)
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private void tests() {
    List<PairedTest> shown =
        board.tests().stream().filter(test -> test.metric().equals(by.key())).toList();
    TestsSection.write(html, shown);
  }
}
