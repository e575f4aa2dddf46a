package org.vocalise.eval.report;

import java.util.List;
import java.util.Locale;
import org.vocalise.eval.result.Interval;

/** The paired tests between systems, in words too. */
final class TestsSection {
  private static final double SMALLEST_PRINTED = 1e-4;

  private TestsSection() {}

  static void write(Html html, List<PairedTest> tests) {
    if (tests.isEmpty()) {
      return;
    }
    html.open("section", "class", "slide", "id", "tests").leaf("h2", "Do the systems differ?");
    html.leaf(
        "p",
        "Wilcoxon's signed-rank test over the files that both systems have, two-sided; p is"
            + " corrected by Holm over all pairs of systems of a metric. A difference counts as"
            + " shown where the corrected p is below 0.05.");
    Tables.scroll(html, "Paired tests; a column's name sorts by it.");
    html.open("table", "class", "sortable");
    html.open("thead").open("tr");
    for (String text : List.of("Metric", "A", "B", "Files", "Mean of A - B", "p", "Corrected p")) {
      Tables.heading(html, text, List.of("Metric", "A", "B").contains(text));
    }
    Tables.heading(html, "Reads as", true);
    html.closeTo("thead").open("tbody").line();
    for (PairedTest test : tests) {
      row(html, test);
    }
    html.closeTo("div").close().line();
  }

  private static void row(Html html, PairedTest test) {
    MetricText metric = MetricText.of(test.metric());
    html.open("tr").leaf("th", metric.title(), "scope", "row");
    html.open("td").name(test.first()).close().open("td").name(test.second()).close();
    Tables.number(html, test.files(), Integer.toString(test.files()));
    html.open("td", "class", "number", "data-v", Double.toString(test.meanDifference()));
    html.text(metric.format(test.meanDifference()));
    Interval interval = test.interval();
    if (interval != null) {
      html.leaf("span", SummarySection.words(metric, interval), "class", "small");
    }
    html.close();
    Tables.number(html, test.p(), p(test.p()));
    Tables.number(html, test.corrected(), p(test.corrected()));
    html.open("td");
    if (!test.significant()) {
      html.leaf("span", "no difference shown", "class", "quiet");
    } else if (metric.better() == MetricText.Better.UNKNOWN) {
      html.text("they differ");
    } else {
      boolean first = metric.compare(test.meanDifference(), 0) < 0;
      html.name(first ? test.first() : test.second()).text(" is better");
    }
    html.close().close().line();
  }

  static String p(double p) {
    return p < SMALLEST_PRINTED ? "< 0.0001" : String.format(Locale.ROOT, "%.4f", p);
  }
}
