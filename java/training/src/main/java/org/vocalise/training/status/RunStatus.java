package org.vocalise.training.status;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vocalise.training.launch.Launch;
import org.vocalise.training.launch.Liveness;
import org.vocalise.training.launch.Resources;
import org.vocalise.training.run.Event;
import org.vocalise.training.run.RunHistory;
import org.vocalise.training.run.RunState;

/**
 * What a run is doing, and why.
 *
 * @param state in a word
 * @param why a sentence without its full stop; empty where the word says it all
 * @param cure what to do; empty where there is nothing to cure
 * @param lastLines what the trainer printed last, where that explains the state
 */
public record RunStatus(RunState state, String why, String cure, List<String> lastLines) {
  private static final int SILENCE = 5;
  private static final int KILLED = 137;
  private static final int TERMINATED = 143;
  private static final int INTERRUPTED = 130;
  private static final int SIGNALS = 128;

  /** Shorter intervals are not told apart from a busy machine's hiccups. */
  private static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(2);

  /** Until the first event: a machine may need long to load PyTorch and all recordings. */
  private static final Duration INTERVAL_BEFORE_EVENTS = Duration.ofMinutes(2);

  /**
   * Judges a run.
   *
   * @param launch how it was started; null if no orchestrator did
   * @param liveness of its process or container
   * @param lastLines what the trainer printed last
   */
  public static RunStatus of(
      RunHistory history,
      @Nullable Launch launch,
      Liveness liveness,
      List<String> lastLines,
      Instant now) {
    if (launch != null && launch.request().resources().nodeRank() > 0) {
      return further(history, launch.request().resources(), liveness, lastLines);
    }
    boolean begun = launch == null || history.starts() > launch.startsBefore();
    Event.Stop stop = begun ? history.stop() : null;
    if (stop != null) {
      return ended(stop, lastLines);
    }
    if (liveness instanceof Liveness.Ended ended) {
      return endedSilently(history, ended, lastLines);
    }
    if (liveness instanceof Liveness.Gone) {
      return gone(lastLines);
    }
    String doubt = liveness instanceof Liveness.Unknown unknown ? unknown.reason() : "";
    return running(history, launch, begun, doubt, now);
  }

  /** Whether the run does not tell why it is silent. */
  boolean silent() {
    return state == RunState.STALLED || state == RunState.LOST;
  }

  /** The same of a silent run whose folder can't be written, for a reason. */
  RunStatus inReadOnlyFolder(String reason) {
    String words = "its folder, where it would tell more, can't be written: " + reason;
    return new RunStatus(
        state, why + "; " + words, "mend that, then stop and resume it", lastLines);
  }

  /** A machine that helps the first one, which alone writes events. */
  private static RunStatus further(
      RunHistory history, Resources resources, Liveness liveness, List<String> lastLines) {
    if (liveness instanceof Liveness.Ended ended) {
      return ended.exitCode() == 0
          ? new RunStatus(RunState.FINISHED, "", "", List.of())
          : endedSilently(history, ended, lastLines);
    }
    if (liveness instanceof Liveness.Gone) {
      return gone(lastLines);
    }
    String place = "node %d of %d".formatted(resources.nodeRank(), resources.nodes());
    String why = liveness instanceof Liveness.Unknown unknown ? unknown.reason() : place;
    return new RunStatus(RunState.RUNNING, why + "; node 0 has the events", "", List.of());
  }

  private static RunStatus ended(Event.Stop stop, List<String> lastLines) {
    return switch (stop.reason()) {
      case "finished" -> new RunStatus(RunState.FINISHED, "", "", List.of());
      case "SIGTERM", "SIGINT" ->
          new RunStatus(
              RunState.STOPPED,
              "at step " + stop.step() + ", by " + stop.reason(),
              "'vocalise train resume' goes on",
              List.of());
      default -> {
        String error = errorLine(lastLines);
        String why = !stop.message().isEmpty() ? stop.message() : error != null ? error : "failed";
        yield new RunStatus(RunState.FAILED, why, Cures.of(plus(lastLines, why)), lastLines);
      }
    };
  }

  private static RunStatus endedSilently(
      RunHistory history, Liveness.Ended ended, List<String> lastLines) {
    if (ended.outOfMemory()) {
      return new RunStatus(
          RunState.LOST,
          "killed for want of memory (exit code " + ended.exitCode() + ")",
          "give it more with 'vocalise train resume --memory', or take a smaller batch_size",
          lastLines);
    }
    return switch (ended.exitCode()) {
      case 0 ->
          new RunStatus(
              RunState.LOST, "ended without a word at step " + history.step(), "", lastLines);
      case TERMINATED, INTERRUPTED ->
          new RunStatus(
              RunState.STOPPED,
              "ended by a signal, without a last event",
              "'vocalise train resume' goes on",
              lastLines);
      default -> {
        if (ended.exitCode() > SIGNALS) {
          String cure = Cures.of(lastLines);
          yield new RunStatus(
              RunState.LOST,
              "killed (exit code "
                  + ended.exitCode()
                  + (ended.exitCode() == KILLED ? ", SIGKILL)" : ")"),
              cure.isEmpty() ? "'vocalise train resume' goes on from the last checkpoint" : cure,
              lastLines);
        }
        String error = errorLine(lastLines);
        yield new RunStatus(
            RunState.FAILED,
            error != null ? error : "exit code " + ended.exitCode(),
            Cures.of(lastLines),
            lastLines);
      }
    };
  }

  private static RunStatus gone(List<String> lastLines) {
    String error = errorLine(lastLines);
    if (error != null) {
      return new RunStatus(RunState.FAILED, error, Cures.of(lastLines), lastLines);
    }
    return new RunStatus(
        RunState.LOST,
        "its process or container is gone without a word: killed, or the machine was restarted",
        "'vocalise train resume' goes on from the last checkpoint",
        lastLines);
  }

  private static RunStatus running(
      RunHistory history, @Nullable Launch launch, boolean begun, String doubt, Instant now) {
    Instant last = history.lastTime();
    if (!begun || last == null) {
      last = launch == null ? now : Instant.parse(launch.started());
    }
    Duration usual = begun ? history.usualInterval() : null;
    if (usual == null) {
      usual = INTERVAL_BEFORE_EVENTS;
    }
    if (usual.compareTo(SHORTEST_INTERVAL) < 0) {
      usual = SHORTEST_INTERVAL;
    }
    // A clock that was set back makes the last event one of the future: silence is then unknown.
    Duration silence = Duration.between(last, now);
    if (silence.compareTo(usual.multipliedBy(SILENCE)) > 0) {
      return new RunStatus(
          RunState.STALLED,
          "no event for %d s, usually %d s"
              .formatted(silence.toSeconds(), Math.max(1, usual.toSeconds())),
          "'vocalise train logs' shows what it printed; 'stop' and 'resume' start it anew",
          List.of());
    }
    String why =
        silence.isNegative() && silence.compareTo(SHORTEST_INTERVAL.negated()) < 0
            ? "the clock was set back by at least " + silence.negated().toSeconds() + " s"
            : "";
    return new RunStatus(RunState.RUNNING, doubt.isEmpty() ? why : doubt, "", List.of());
  }

  /** The newest line that says what went wrong; null if none does. */
  private static @Nullable String errorLine(List<String> lines) {
    for (int i = lines.size() - 1; i >= 0; i--) {
      String line = lines.get(i);
      int error = line.indexOf("error: ");
      if (error == 0 || (error > 0 && line.startsWith(": ", error - 2))) {
        return line.substring(error + "error: ".length());
      }
      if (line.matches("[\\w.]*(Error|Exception|Interrupt)(: .*)?")) {
        return line;
      }
    }
    return null;
  }

  private static List<String> plus(List<String> lines, String last) {
    List<String> all = new java.util.ArrayList<>(lines);
    all.add(last);
    return all;
  }
}
