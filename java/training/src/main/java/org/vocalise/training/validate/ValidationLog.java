package org.vocalise.training.validate;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vocalise.training.run.Event;
import org.vocalise.training.run.EventTail;
import org.vocalise.training.run.JsonFiles;
import org.vocalise.training.run.RunDirectory;

/**
 * The validations of a run, which {@link #poll} brings up to date. Of what the file holds, those
 * count whose event a resume has not made void, and that were made on the clips, with the tracker
 * and the embedding that are the run's now. Not thread-safe.
 */
public final class ValidationLog {
  private final RunDirectory run;
  private final EventTail tail;
  private final List<Validation> all = new ArrayList<>();
  private List<Validation> current = List.of();
  private ValidationSettings settings = ValidationSettings.DEFAULT;

  /** The validations of a run, which need not have any. */
  public ValidationLog(RunDirectory run) {
    this.run = run;
    tail = new EventTail(run.validation());
  }

  /** Reads what is new. */
  public void poll(List<Event.Sample> samples) throws IOException {
    tail.poll(
        new EventTail.LineSink() {
          @Override
          public void restart() {
            all.clear();
          }

          @Override
          public void accept(byte[] bytes, int offset, int length) {
            Validation validation = JsonFiles.line(bytes, offset, length, Validation.class);
            if (validation != null) {
              all.add(validation);
            }
          }
        });
    settings = ValidationSettings.of(run);
    current = all.isEmpty() ? List.of() : current(samples, ValidationClips.hash(run));
  }

  private List<Validation> current(List<Event.Sample> samples, @Nullable String clips) {
    Map<Long, String> announced = new LinkedHashMap<>();
    samples.forEach(sample -> announced.put(sample.step(), time(sample)));
    Map<Long, Validation> newest = new LinkedHashMap<>();
    for (Validation validation : all) {
      if (validation.madeOn(clips, settings)
          && validation.sampleTime().equals(announced.get(validation.step()))) {
        newest.put(validation.step(), validation);
      }
    }
    return newest.values().stream().sorted(Comparator.comparingLong(Validation::step)).toList();
  }

  /** The time of an event as a validation has it. */
  static String time(Event.Sample sample) {
    return Instant.ofEpochMilli(sample.time().toEpochMilli()).toString();
  }

  /** How the run is validated. */
  public ValidationSettings settings() {
    return settings;
  }

  /** Those that count, by their steps; of a step that was validated again the newer one. */
  public List<Validation> current() {
    return current;
  }

  /** When the newest of all was made, whether it counts or not; null if there is none. */
  public @Nullable Instant newest() {
    return all.isEmpty() ? null : Instant.parse(all.get(all.size() - 1).time());
  }

  /** The best of those that count, the earlier of equal ones; null if none has a value. */
  public @Nullable Validation best() {
    BestRule rule = settings.rule();
    return best(current, rule);
  }

  /** What went wrong with snapshots, and where Python and Java do not agree, a line each. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    for (Validation validation : current) {
      TrainerCheck check = validation.trainer();
      String warning =
          validation.fault() != null || check == null ? validation.fault() : check.warning();
      if (warning != null) {
        warnings.add("validation of step " + validation.step() + ": " + warning);
      }
    }
    return warnings;
  }

  /** The best of some, the first of equal ones; null if none has a value under the rule. */
  static @Nullable Validation best(List<Validation> validations, BestRule rule) {
    Validation best = null;
    double lowest = Double.POSITIVE_INFINITY;
    for (Validation validation : validations) {
      double value = validation.value(rule).orElse(Double.POSITIVE_INFINITY);
      if (value < lowest) {
        lowest = value;
        best = validation;
      }
    }
    return best;
  }
}
