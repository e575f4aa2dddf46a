package org.vocalise.eval.report;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.picture.Ticks;

/** A score of checkpoints over their steps; the trainer's own M-STFT lies behind ours. */
final class ProgressCurve {
  private static final double WIDTH = 360;
  private static final double HEIGHT = 196;
  private static final double LEFT = 48;
  private static final double TOP = 8;
  private static final double RIGHT = 10;
  private static final double BOTTOM = 22;
  private static final int MOST_TICKS = 6;

  private final List<ProgressInfo.Checkpoint> checkpoints;
  private double first = Double.POSITIVE_INFINITY;
  private double last = Double.NEGATIVE_INFINITY;
  private double lowest = Double.POSITIVE_INFINITY;
  private double highest = Double.NEGATIVE_INFINITY;

  private ProgressCurve(List<ProgressInfo.Checkpoint> checkpoints) {
    this.checkpoints = checkpoints;
  }

  /** Draws a metric, which at least one of the checkpoints has. */
  static void write(Html html, MetricText metric, List<ProgressInfo.Checkpoint> checkpoints) {
    ProgressCurve curve = new ProgressCurve(checkpoints);
    Function<ProgressInfo.Checkpoint, @Nullable Double> ours =
        checkpoint -> checkpoint.scores().get(metric.key());
    curve.include(ours);
    boolean trainers =
        metric.key().equals("m_stft")
            && checkpoints.stream().anyMatch(each -> each.trainerMStft() != null);
    html.open("figure").open("figcaption").text(metric.heading() + ", " + metric.better().words);
    if (trainers) {
      curve.include(ProgressInfo.Checkpoint::trainerMStft);
      html.text(": ").leaf("span", "here", "class", "key synthesis").text(", ");
      html.leaf("span", "the trainer's own waveforms", "class", "key reference");
    }
    html.close();
    curve.widen();
    Svg.begin(html, "plot", WIDTH, HEIGHT, metric.title() + " over steps");
    curve.axes(html);
    if (trainers) {
      curve.draw(html, "reference", ProgressInfo.Checkpoint::trainerMStft);
    }
    curve.draw(html, "synthesis", ours);
    curve.ring(html, ours);
    html.close().close().line();
  }

  private void include(Function<ProgressInfo.Checkpoint, @Nullable Double> score) {
    for (ProgressInfo.Checkpoint checkpoint : checkpoints) {
      Double value = score.apply(checkpoint);
      if (value != null) {
        first = Math.min(first, (double) checkpoint.step());
        last = Math.max(last, (double) checkpoint.step());
        lowest = Math.min(lowest, value);
        highest = Math.max(highest, value);
      }
    }
  }

  private void widen() {
    double margin = highest > lowest ? 0.05 * (highest - lowest) : Math.max(1e-3, 0.1 * highest);
    lowest = lowest >= 0 ? Math.max(0, lowest - margin) : lowest - margin;
    highest += margin;
    if (first == last) {
      first--;
      last++;
    }
  }

  private double x(ProgressInfo.Checkpoint checkpoint) {
    return x((double) checkpoint.step());
  }

  private double x(double step) {
    return LEFT + (step - first) / (last - first) * (WIDTH - LEFT - RIGHT);
  }

  private double y(double value) {
    return TOP + (highest - value) / (highest - lowest) * (HEIGHT - TOP - BOTTOM);
  }

  private void axes(Html html) {
    List<Double> values = Ticks.between(lowest, highest, MOST_TICKS);
    double valueStep = values.size() > 1 ? values.get(1) - values.get(0) : 1;
    for (double value : values) {
      Svg.line(html, "grid", LEFT, y(value), WIDTH - RIGHT, y(value));
      Svg.label(html, Ticks.label(value, valueStep), LEFT - 5, y(value) + 4, "end");
    }
    double bottom = HEIGHT - BOTTOM;
    Svg.line(html, "tick", LEFT, bottom, WIDTH - RIGHT, bottom);
    for (double step : Ticks.between(first, last, MOST_TICKS)) {
      if (step == Math.rint(step)) {
        Svg.line(html, "tick", x(step), bottom, x(step), bottom + 4);
        boolean outer = x(step) > WIDTH - 30;
        Svg.label(html, Ticks.label(step, 1), x(step), bottom + 15, outer ? "end" : "middle");
      }
    }
  }

  private void draw(
      Html html, String shape, Function<ProgressInfo.Checkpoint, @Nullable Double> score) {
    StringBuilder path = new StringBuilder();
    for (ProgressInfo.Checkpoint checkpoint : checkpoints) {
      Double value = score.apply(checkpoint);
      if (value != null) {
        boolean begins = path.isEmpty();
        path.append(begins ? "M" : "L").append(Svg.at(x(checkpoint)));
        path.append(' ').append(Svg.at(y(value))).append(begins ? "h0" : "");
      }
    }
    html.open("path", "class", "curve " + shape, "d", path.toString()).close();
  }

  private void ring(Html html, Function<ProgressInfo.Checkpoint, @Nullable Double> score) {
    for (ProgressInfo.Checkpoint checkpoint : checkpoints) {
      Double value = score.apply(checkpoint);
      if (checkpoint.best() && value != null) {
        String at = Svg.at(x(checkpoint));
        html.open("circle", "class", "ring s2", "cx", at, "cy", Svg.at(y(value)), "r", "5").close();
      }
    }
  }
}
