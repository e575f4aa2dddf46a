package org.vocalise.cli;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.vocalise.cli.batch.UsageException;
import org.vocalise.training.validate.ValidationSettings;
import org.vocalise.training.validate.Validator;
import picocli.CommandLine.Option;

/** How a run's snapshots are judged; what is not said stays as it was. */
final class ValidationOptions {
  @Option(
      names = "--best-by",
      paramLabel = "RULE",
      description = {
        "What the best snapshot has least of: m_stft (default), f0_off_50_cents, f0_mae_cents,",
        "f0_median_cents, frechet, or a weighted sum like m_stft=1,f0_off_50_cents=2."
      })
  private @Nullable String bestBy;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description = {
        "Stop the trainer after N validations without a better one; 0 (default) never does."
      })
  private @Nullable Integer patience;

  @Option(
      names = "--tracker",
      paramLabel = "NAME",
      description = "Pitch tracker of validations: yin (default), crepe-tiny to crepe-full.")
  private @Nullable String tracker;

  @Option(
      names = "--embedding",
      paramLabel = "NAME",
      description =
          "Of the validations' Frechet distance: log-mel (default), vggish, efficientat-mn04.")
  private @Nullable String embedding;

  @Option(
      names = "--keep-snapshots",
      paramLabel = "N",
      description = "Validated snapshots that stay, the newest, beside the best; default: 3.")
  private @Nullable Integer keep;

  @Option(
      names = "--keep-sounds",
      paramLabel = "N",
      description = {
        "Snapshots whose clips stay to be heard, spread over the run, beside the best;",
        "default: 30, at least 3."
      })
  private @Nullable Integer keepSounds;

  /** What was asked for. */
  ValidationSettings change(ValidationSettings before) {
    return change(before, before.enabled());
  }

  /** The same, and whether orchestrators validate at all. */
  ValidationSettings change(ValidationSettings before, boolean enabled) {
    try {
      return new ValidationSettings(
          ValidationSettings.SCHEMA,
          enabled,
          bestBy == null ? before.bestBy() : bestBy,
          patience == null ? before.patience() : patience,
          tracker == null ? before.tracker() : tracker,
          embedding == null ? before.embedding() : embedding,
          keep == null ? before.keep() : keep,
          keepSounds == null ? before.keepSounds() : keepSounds);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  /** Refuses what can't be followed, before anything is started. */
  void check() throws IOException {
    ValidationSettings settings = change(ValidationSettings.DEFAULT);
    try {
      Validator.check(settings);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }
}
