package org.vocalise.training.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything that {@code events.jsonl} tells about a run, in memory that does not follow the run's
 * length. {@link #poll()} brings it up to date. What a resumed trainer does again is counted once.
 * Not thread-safe.
 */
public final class RunHistory {
  private static final int GAPS = 64;
  private static final int MOST_WARNINGS = 100;

  private final EventTail tail;
  private final EventParser parser = new EventParser();
  private final @Nullable Consumer<byte[]> lines;
  private TrainSeries train = new TrainSeries();
  private final List<Event.Sample> samples = new ArrayList<>();
  private final Deque<Event.Warning> warnings = new ArrayDeque<>();
  private final long[] gaps = new long[GAPS];
  private long gapCount;
  private Event.@Nullable Start firstStart;
  private Event.@Nullable Start lastStart;
  private Event.@Nullable Checkpoint checkpoint;
  private Event.@Nullable Stop stop;

  /** The newest line, where it is one that was passed over. */
  private byte[] unread = new byte[1024];

  private int unreadLength;
  private long lastMillis = Long.MIN_VALUE;
  private long step;
  private long warningCount;
  private long damagedLines;
  private int resumes;
  private long starts;

  /** The history of a file that need not exist yet. */
  public RunHistory(Path events) {
    this(events, null);
  }

  /** The same, and gives every event's line, in UTF-8, as it is read. */
  public RunHistory(Path events, @Nullable Consumer<byte[]> lines) {
    tail = new EventTail(events);
    this.lines = lines;
  }

  /** Reads what is new. */
  public void poll() throws IOException {
    tail.poll(
        new EventTail.LineSink() {
          @Override
          public void restart() {
            clear();
          }

          @Override
          public void accept(byte[] bytes, int offset, int length) {
            line(bytes, offset, length);
          }
        });
    if (unreadLength > 0 && parser.event(unread, 0, unreadLength) instanceof Event.Train event) {
      train.newest(event);
    }
    unreadLength = 0;
  }

  private void line(byte[] bytes, int offset, int length) {
    EventParser.Head head = parser.head(bytes, offset, length);
    if (head == null) {
      damagedLines++;
      return;
    }
    if (lines != null) {
      lines.accept(Arrays.copyOfRange(bytes, offset, offset + length));
    }
    if (head.kind().equals("train") && !train.wantsNext()) {
      train.pass();
      if (unread.length < length) {
        unread = new byte[2 * length];
      }
      System.arraycopy(bytes, offset, unread, 0, length);
      unreadLength = length;
      advance(head);
      return;
    }
    unreadLength = 0;
    Event event = parser.event(bytes, offset, length);
    if (event == null) {
      damagedLines++;
      return;
    }
    accept(event, head);
  }

  private void accept(Event event, EventParser.Head head) {
    if (event instanceof Event.Start start) {
      begin(start);
    } else if (event instanceof Event.Train values) {
      train.add(values);
    } else if (event instanceof Event.Checkpoint written) {
      checkpoint = written;
    } else if (event instanceof Event.Sample sample) {
      samples.add(sample);
    } else if (event instanceof Event.Warning warning) {
      warningCount++;
      warnings.addLast(warning);
      if (warnings.size() > MOST_WARNINGS) {
        warnings.removeFirst();
      }
    } else if (event instanceof Event.Stop end) {
      stop = end;
    }
    advance(head);
  }

  private void begin(Event.Start start) {
    starts++;
    if (firstStart == null) {
      firstStart = start;
    }
    lastStart = start;
    stop = null;
    lastMillis = Long.MIN_VALUE;
    if (start.resumedFrom().isPresent()) {
      resumes++;
      long from = start.resumedFrom().getAsLong();
      train.voidAfter(from);
      samples.removeIf(sample -> sample.step() > from);
      warnings.removeIf(warning -> warning.step() > from);
      if (checkpoint != null && checkpoint.step() > from) {
        checkpoint = null;
      }
      step = Math.min(step, from);
    }
  }

  private void advance(EventParser.Head head) {
    if (lastMillis != Long.MIN_VALUE && head.millis() >= lastMillis) {
      gaps[(int) (gapCount++ % GAPS)] = head.millis() - lastMillis;
    }
    lastMillis = head.millis();
    step = Math.max(step, head.step());
  }

  private void clear() {
    train = new TrainSeries();
    samples.clear();
    warnings.clear();
    gapCount = 0;
    firstStart = null;
    lastStart = null;
    checkpoint = null;
    stop = null;
    unreadLength = 0;
    lastMillis = Long.MIN_VALUE;
    step = 0;
    warningCount = 0;
    damagedLines = 0;
    resumes = 0;
    starts = 0;
  }

  /** When the run began first; null before that. */
  public Event.@Nullable Start firstStart() {
    return firstStart;
  }

  /** When it began or went on last; null before that. */
  public Event.@Nullable Start lastStart() {
    return lastStart;
  }

  /** How it ended; null while it goes on, or if it ended without a word. */
  public Event.@Nullable Stop stop() {
    return stop;
  }

  /** What it would go on from; null if nothing yet. */
  public Event.@Nullable Checkpoint checkpoint() {
    return checkpoint;
  }

  /** The newest losses; null before the first. */
  public Event.@Nullable Train newest() {
    return train.newest();
  }

  /** Losses over the whole run, thinned. */
  public List<Event.Train> train() {
    return train.points();
  }

  /** Validations. */
  public List<Event.Sample> samples() {
    return List.copyOf(samples);
  }

  /** The newest warnings, oldest first. */
  public List<Event.Warning> warnings() {
    return List.copyOf(warnings);
  }

  /** All warnings there were. */
  public long warningCount() {
    return warningCount;
  }

  /** Lines that are no events: torn by a kill, or damaged. */
  public long damagedLines() {
    return damagedLines;
  }

  /** How often it went on from a checkpoint. */
  public int resumes() {
    return resumes;
  }

  /** How often it began or went on. */
  public long starts() {
    return starts;
  }

  /** Steps done. */
  public long step() {
    return step;
  }

  /** Time of the last event, by the trainer's clock; null before the first. */
  public @Nullable Instant lastTime() {
    return lastMillis == Long.MIN_VALUE
        ? (lastStart == null ? null : lastStart.time())
        : Instant.ofEpochMilli(lastMillis);
  }

  /**
   * The usual time between two events: what nine of ten of the last ones did not exceed, so that
   * the pauses of validations and checkpoints are usual too. Null before the second event.
   */
  public @Nullable Duration usualInterval() {
    if (gapCount == 0) {
      return null;
    }
    long[] sorted = Arrays.copyOf(gaps, (int) Math.min(gapCount, GAPS));
    Arrays.sort(sorted);
    return Duration.ofMillis(sorted[sorted.length * 9 / 10]);
  }
}
