package org.vocalise.training.run;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code train} events of a run, thinned so that memory does not follow the run's length: when
 * there are too many, every second goes, and from then on only every second comes in. The newest is
 * always there. Not thread-safe.
 */
final class TrainSeries {
  private static final int MOST = 1024;

  private final List<Event.Train> points = new ArrayList<>();
  private Event.@Nullable Train newest;
  private long seen;
  private long stride = 1;

  /** Whether the event that comes next is kept, so that it need be read whole. */
  boolean wantsNext() {
    return seen % stride == 0;
  }

  /** Passes over an event that is not wanted. */
  void pass() {
    seen++;
  }

  void add(Event.Train event) {
    if (points.size() == MOST) {
      List<Event.Train> half = new ArrayList<>();
      for (int i = 0; i < MOST; i += 2) {
        half.add(points.get(i));
      }
      points.clear();
      points.addAll(half);
      stride *= 2;
    }
    points.add(event);
    newest = event;
    seen++;
  }

  /** Sets the newest, which need not be one of the kept. */
  void newest(Event.Train event) {
    newest = event;
  }

  /** Drops all after a step, from which the run went on. */
  void voidAfter(long step) {
    points.removeIf(event -> event.step() > step);
    if (newest != null && newest.step() > step) {
      newest = points.isEmpty() ? null : points.get(points.size() - 1);
    }
  }

  Event.@Nullable Train newest() {
    return newest;
  }

  List<Event.Train> points() {
    return List.copyOf(points);
  }
}
