package org.vocalise.eval.report;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model in training, as a page shows it.
 *
 * @param title of the page
 * @param facts about the run, short
 * @param rule by which a checkpoint is the best, in words
 * @param warnings a sentence each
 * @param checkpoints by their steps
 * @param clips that can be heard
 */
public record ProgressInfo(
    String title,
    List<String> facts,
    String rule,
    List<String> warnings,
    List<Checkpoint> checkpoints,
    List<Clip> clips) {
  /**
   * A checkpoint that was scored.
   *
   * @param scores means over all clips, by metric key
   * @param trainerMStft what the trainer says of its own waveforms; null where it says nothing
   * @param best whether it is the best one
   * @param sounds files by the key of their clip; a clip may have none
   */
  public record Checkpoint(
      long step,
      Map<String, Double> scores,
      @Nullable Double trainerMStft,
      boolean best,
      Map<String, Path> sounds) {}

  /**
   * A recording.
   *
   * @param key of the checkpoints' sounds
   * @param name for people
   * @param reference the recording's file
   */
  public record Clip(String key, String name, Path reference) {}

  /** The best checkpoint; null if none is. */
  @Nullable Checkpoint best() {
    return checkpoints.stream().filter(Checkpoint::best).findFirst().orElse(null);
  }
}
