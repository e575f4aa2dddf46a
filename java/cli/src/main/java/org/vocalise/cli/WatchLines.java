package org.vocalise.cli;

import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vocalise.cli.batch.Console;
import org.vocalise.training.launch.Usage;
import org.vocalise.training.run.Event;
import org.vocalise.training.run.RunHistory;
import org.vocalise.training.status.RunView;
import org.vocalise.training.validate.Validation;

/**
 * A run as it goes: a picture that is drawn anew on a terminal, else a line from time to time. Not
 * thread-safe.
 */
final class WatchLines {
  private static final int CURVE_WIDTH = 40;
  private static final int MOST_CURVES = 8;
  private static final int MOST_WARNINGS = 10;
  private static final double GIBIBYTE = 1 << 30;
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);
  private static final Duration BETWEEN_USES = Duration.ofSeconds(5);
  private static final String LOSSES = "losses.";

  private final Console console;
  private final boolean blocks =
      Charset.forName(System.getProperty("sun.jnu.encoding", "US-ASCII"))
          .newEncoder()
          .canEncode('\u2588');
  private long warned;
  private long lastStep = -1;
  private long lastLine = Long.MIN_VALUE;
  private long usedAt;
  private @Nullable Usage used;
  private String usage = "";

  WatchLines(Console console) {
    this.console = console;
  }

  /** Shows what is new. */
  void show(RunView view) {
    if (console.terminal()) {
      console.status(picture(view));
      return;
    }
    warnings(view).forEach(console::note);
    long now = System.nanoTime();
    boolean due = lastLine == Long.MIN_VALUE || now - lastLine >= BETWEEN_LINES.toNanos();
    if (due && view.history().step() != lastStep) {
      console.note(line(view));
      lastLine = now;
      lastStep = view.history().step();
    }
  }

  /** Those that are new; of many, the last few. */
  private List<String> warnings(RunView view) {
    RunHistory history = view.history();
    List<Event.Warning> kept = history.warnings();
    long fresh = history.warningCount() - warned;
    warned = history.warningCount();
    int shown = (int) Math.min(Math.max(0, fresh), Math.min(kept.size(), MOST_WARNINGS));
    List<String> lines = new ArrayList<>();
    if (fresh > shown) {
      lines.add(
          "%s: %d more warnings; 'vocalise train logs' has all"
              .formatted(view.run().name(), fresh - shown));
    }
    for (Event.Warning warning : kept.subList(kept.size() - shown, kept.size())) {
      lines.add("%s: %s".formatted(view.run().name(), text(warning)));
    }
    return lines;
  }

  private static String text(Event.Warning warning) {
    return "warning at step %d: %s".formatted(warning.step(), warning.message());
  }

  private static String line(RunView view) {
    StringBuilder line = new StringBuilder(view.run().name() + ": " + steps(view));
    Event.Train newest = view.history().newest();
    if (newest != null) {
      newest
          .values()
          .forEach(
              (key, value) -> {
                if (key.startsWith(LOSSES)) {
                  String name = key.substring(LOSSES.length());
                  line.append(", ").append(name).append(' ').append(TrainStatus.number(key, value));
                }
              });
      line.append(remaining(newest));
    }
    return line.toString();
  }

  /** All that there is to see, a few lines. */
  List<String> picture(RunView view) {
    List<String> lines = new ArrayList<>();
    RunHistory history = view.history();
    lines.add(view.run().name() + "   " + SupervisionOptions.describe(view.status()));
    Event.Train newest = history.newest();
    String resumed = history.resumes() == 0 ? "" : "   resumed " + history.resumes() + " times";
    lines.add(steps(view) + (newest == null ? "" : remaining(newest)) + resumed);
    if (newest != null) {
      lines.add(speed(newest.values()) + use(view));
      lines.addAll(curves(history.train(), newest));
    }
    String best = best(view);
    if (!best.isEmpty()) {
      lines.add(best);
    }
    List<String> doubts = view.validationWarnings();
    if (!doubts.isEmpty()) {
      lines.add("warning: " + doubts.get(doubts.size() - 1));
    }
    List<Event.Warning> warnings = history.warnings();
    if (!warnings.isEmpty()) {
      lines.add(text(warnings.get(warnings.size() - 1)));
    }
    return lines;
  }

  private static String steps(RunView view) {
    RunHistory history = view.history();
    Event.Start start = history.lastStart();
    if (start == null) {
      return "waiting for its first event";
    }
    if (start.steps().isEmpty()) {
      return "step " + history.step();
    }
    long all = start.steps().getAsLong();
    return "step %d of %d, %d %%"
        .formatted(history.step(), all, all == 0 ? 100 : 100 * history.step() / all);
  }

  private static String remaining(Event.Train newest) {
    Double seconds = newest.values().get("eta_seconds");
    return seconds == null
        ? ""
        : ", " + TrainStatus.duration(Duration.ofSeconds(seconds.longValue())) + " to go";
  }

  private static String speed(Map<String, Double> values) {
    List<String> parts = new ArrayList<>();
    Double steps = values.get("steps_per_second");
    Double audio = values.get("audio_seconds_per_second");
    if (steps != null) {
      parts.add(String.format(Locale.ROOT, "%.3g steps/s", steps));
    }
    if (audio != null) {
      parts.add(String.format(Locale.ROOT, "%.3g audio seconds/s", audio));
    }
    return String.join("   ", parts);
  }

  /** Memory and processor of the trainer; asked for now and then, since asking costs. */
  private String use(RunView view) {
    long now = System.nanoTime();
    if (used != null && now - usedAt < BETWEEN_USES.toNanos()) {
      return usage;
    }
    try {
      Usage current = view.usage();
      if (current == null) {
        usage = "";
        return usage;
      }
      String limit =
          current.memoryLimitBytes() == 0
              ? ""
              : String.format(Locale.ROOT, " of %.2f", current.memoryLimitBytes() / GIBIBYTE);
      usage =
          String.format(
              Locale.ROOT, "   memory %.2f%s GiB", current.memoryBytes() / GIBIBYTE, limit);
      if (used != null) {
        double seconds = (now - usedAt) / 1e9;
        double share = 100 * (current.cpuSeconds() - used.cpuSeconds()) / seconds;
        usage += String.format(Locale.ROOT, "   CPU %.0f %%", Math.max(0, share));
      }
      used = current;
      usedAt = now;
    } catch (IOException e) {
      usage = "";
    }
    return usage;
  }

  private List<String> curves(List<Event.Train> points, Event.Train newest) {
    Set<String> keys = new LinkedHashSet<>();
    newest.values().keySet().stream()
        .filter(key -> key.startsWith(LOSSES))
        .limit(MOST_CURVES)
        .forEach(keys::add);
    int width = keys.stream().mapToInt(String::length).max().orElse(0) - LOSSES.length();
    List<String> lines = new ArrayList<>();
    for (String key : keys) {
      List<Double> values = new ArrayList<>();
      for (Event.Train point : points) {
        Double value = point.values().get(key);
        if (value != null) {
          values.add(value);
        }
      }
      String name = key.substring(LOSSES.length());
      lines.add(
          ("%-" + Math.max(1, width) + "s %9s  %s")
              .formatted(
                  name,
                  TrainStatus.number(key, newest.values().getOrDefault(key, Double.NaN)),
                  Sparkline.of(values, CURVE_WIDTH, blocks)));
    }
    return lines;
  }

  /** That of validation, or, before there is any, what the trainer says of itself. */
  static String best(RunView view) {
    Validation validated = view.validations().best();
    if (validated != null) {
      return "best validation: step "
          + validated.step()
          + ", "
          + TrainValidate.scores(validated)
          + " (of "
          + view.validations().current().size()
          + ", by "
          + view.validations().settings().bestBy()
          + ")";
    }
    return trainersBest(view.history().samples());
  }

  private static String trainersBest(List<Event.Sample> samples) {
    double best = Double.POSITIVE_INFINITY;
    long step = -1;
    for (Event.Sample sample : samples) {
      double value = sample.values().getOrDefault("metrics.m_stft", Double.NaN);
      if (value < best) {
        best = value;
        step = sample.step();
      }
    }
    return step < 0
        ? ""
        : String.format(
            Locale.ROOT, "best validation: the trainer's M-STFT %.4f at step %d", best, step);
  }
}
