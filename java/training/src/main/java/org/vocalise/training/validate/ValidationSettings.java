package org.vocalise.training.validate;

import java.io.IOException;
import org.vocalise.training.run.JsonFiles;
import org.vocalise.training.run.RunDirectory;

/**
 * How a run is validated, as {@code validation.json} holds it, so that all its orchestrators do the
 * same.
 *
 * @param schema of this file
 * @param enabled whether orchestrators validate at all
 * @param bestBy rule of the best, as {@link BestRule#parse} reads it
 * @param patience validations without a better one after which the trainer is stopped; 0 never
 *     stops it
 * @param tracker of the metrics of F0
 * @param embedding of the Frechet distance
 * @param keep newest snapshots that stay once they are validated, beside the best
 * @param keepSounds snapshots whose clips stay to be heard, at least 3, beside the best
 */
public record ValidationSettings(
    int schema,
    boolean enabled,
    String bestBy,
    int patience,
    String tracker,
    String embedding,
    int keep,
    int keepSounds) {
  /** The version of the file that this program writes. */
  public static final int SCHEMA = 1;

  /** Of the first, of the newest, and of one between them. */
  private static final int FEWEST_SOUNDS = 3;

  private static final int SOUNDS = 30;

  /** What is done unless the user says otherwise; these need no model. */
  public static final ValidationSettings DEFAULT =
      new ValidationSettings(SCHEMA, true, "m_stft", 0, "yin", "log-mel", 3, SOUNDS);

  /** Checks the values. */
  public ValidationSettings {
    BestRule.parse(bestBy);
    if (patience < 0 || keep < 0) {
      throw new IllegalArgumentException(
          "patience " + patience + ", keep " + keep + ": neither can be negative");
    }
    // Files of earlier versions don't have it.
    keepSounds = keepSounds == 0 ? SOUNDS : keepSounds;
    if (keepSounds < FEWEST_SOUNDS) {
      throw new IllegalArgumentException(
          "sounds of " + keepSounds + " snapshots: at least " + FEWEST_SOUNDS + " are kept");
    }
  }

  /** Those of a run; the default where nobody set any. */
  public static ValidationSettings of(RunDirectory run) throws IOException {
    ValidationSettings settings =
        JsonFiles.read(run.validationSettings(), ValidationSettings.class);
    return settings == null ? DEFAULT : settings;
  }

  /** Keeps them, where they are not those of the run already. The caller holds the run's lock. */
  public void keepIn(RunDirectory run) throws IOException {
    if (!equals(of(run))) {
      JsonFiles.write(run.validationSettings(), this);
    }
  }

  /** The rule of the best. */
  public BestRule rule() {
    return BestRule.parse(bestBy);
  }
}
