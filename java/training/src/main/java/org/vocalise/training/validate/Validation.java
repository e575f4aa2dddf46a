package org.vocalise.training.validate;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.vocalise.eval.result.SkippedScore;

/**
 * The validation of one snapshot: a line of {@code validation.jsonl}.
 *
 * @param time when it was made
 * @param step of the snapshot
 * @param sampleTime of the trainer's event that announced the snapshot: after a resume, which voids
 *     the event, there is another one
 * @param clips hash of the list of clips
 * @param tracker of the metrics of F0
 * @param embedding of the Frechet distance
 * @param weightsSha256 of the snapshot; empty where there was a fault
 * @param scores means over clips, by {@link BestRule#METRICS}; one that does not exist is not there
 * @param skipped scores of clips that do not exist, and why
 * @param trainer the trainer's own score beside ours of the same waveforms; null where it left none
 * @param players stems of the clips that can be heard in {@code validated/step-N}
 * @param seconds that it took
 * @param fault why the snapshot could not be validated; null if it was
 */
public record Validation(
    String time,
    long step,
    String sampleTime,
    String clips,
    String tracker,
    String embedding,
    String weightsSha256,
    Map<String, Double> scores,
    List<SkippedScore> skipped,
    @Nullable TrainerCheck trainer,
    List<String> players,
    double seconds,
    @Nullable String fault) {
  /** What older or torn lines lack is empty. */
  public Validation {
    scores = scores == null ? Map.of() : scores;
    skipped = skipped == null ? List.of() : skipped;
    players = players == null ? List.of() : players;
  }

  /** The value under a rule; none where there is a fault or a score is missing. */
  public OptionalDouble value(BestRule rule) {
    return fault == null ? rule.value(scores) : OptionalDouble.empty();
  }

  /** Whether it was made on these clips, and in this way, so that others of them compare. */
  public boolean madeOn(@Nullable String clipsSha256, ValidationSettings settings) {
    return Objects.equals(clips, clipsSha256)
        && settings.tracker().equals(tracker)
        && settings.embedding().equals(embedding);
  }
}
