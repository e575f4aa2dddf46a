package org.vocalise.eval.report;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.vocalise.eval.result.Interval;
import org.vocalise.eval.result.SystemScores;

/** Means of systems as dots and their intervals as lines, on one scale. */
final class IntervalPlot {
  private static final double WIDTH = 220;
  private static final double ROW = 16;
  private static final double EDGE = 8;

  private IntervalPlot() {}

  /** Draws a metric of systems, on a scale on which all of them have room. */
  static void write(
      Html html, MetricText metric, List<SystemScores> systems, List<SystemScores> all) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (SystemScores system : all) {
      Double mean = system.means().get(metric.key());
      if (mean != null) {
        Interval interval = interval(system, metric, mean);
        low = Math.min(low, interval.low());
        high = Math.max(high, interval.high());
      }
    }
    if (low > high) {
      return;
    }
    double margin = high > low ? 0.04 * (high - low) : 1;
    Scale scale = new Scale(low - margin, high + margin);
    double height = ROW * systems.size() + 4;
    Svg.begin(
        html, "intervals", WIDTH, height, metric.title() + ": means and their intervals, drawn");
    for (int i = 0; i < systems.size(); i++) {
      Double mean = systems.get(i).means().get(metric.key());
      if (mean != null) {
        Interval interval = interval(systems.get(i), metric, mean);
        double y = 2 + ROW * (i + 0.5);
        String colour = " s" + i % SummarySection.COLOURS;
        Svg.line(html, "whisker" + colour, scale.x(interval.low()), y, scale.x(interval.high()), y);
        html.open(
                "circle",
                "class",
                "dot" + colour,
                "cx",
                Svg.at(scale.x(mean)),
                "cy",
                Svg.at(y),
                "r",
                "4.5")
            .close();
      }
    }
    html.close();
  }

  private static Interval interval(SystemScores system, MetricText metric, double mean) {
    @Nullable Interval interval = system.intervals().get(metric.key());
    return Objects.requireNonNullElseGet(interval, () -> new Interval(mean, mean));
  }

  private record Scale(double low, double high) {
    double x(double value) {
      return EDGE + (value - low) / (high - low) * (WIDTH - 2 * EDGE);
    }
  }
}
