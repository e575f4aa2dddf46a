package org.vocalise.training.run;

import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;

/** One line of {@code events.jsonl}: what the trainer tells about itself. */
public sealed interface Event {
  /** When, by the trainer's clock, which may have been set. */
  Instant time();

  /** Optimiser steps done. */
  long step();

  /**
   * The trainer begins, or goes on.
   *
   * @param steps how many there will be, where it says so
   * @param resumedFrom the checkpoint's step, after which all earlier events are void
   * @param details all else it says, as text: device, preset, versions
   */
  record Start(
      Instant time,
      long step,
      OptionalLong steps,
      OptionalLong resumedFrom,
      Map<String, String> details)
      implements Event {}

  /**
   * Losses and speed.
   *
   * @param values numbers by name; those of an inner object as {@code losses.mel}
   */
  record Train(Instant time, long step, Map<String, Double> values) implements Event {}

  /** A checkpoint is on the disk. */
  record Checkpoint(Instant time, long step) implements Event {}

  /**
   * A validation: samples, and a snapshot where the settings ask for it.
   *
   * @param values the trainer's own scores
   */
  record Sample(Instant time, long step, Map<String, Double> values) implements Event {}

  /** Something is odd, and the run goes on. */
  record Warning(Instant time, long step, String message) implements Event {}

  /**
   * The trainer ends.
   *
   * @param reason {@code finished}, {@code terminated} by a signal, or {@code failed}
   * @param message what went wrong, where something did
   */
  record Stop(Instant time, long step, String reason, String message) implements Event {}

  /** A kind that a later trainer may write. */
  record Other(Instant time, long step, String kind) implements Event {}
}
