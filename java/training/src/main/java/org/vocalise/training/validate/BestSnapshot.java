package org.vocalise.training.validate;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vocalise.training.run.JsonFiles;
import org.vocalise.training.run.RunDirectory;

/**
 * The best snapshot of a run and why it is, as the file {@code best} holds it. The trainer reads
 * its step.
 *
 * @param schema of this file
 * @param step of the snapshot
 * @param snapshot the model, in the run's folder
 * @param weightsSha256 of the model
 * @param by the rule
 * @param value under the rule
 * @param scores all that it has
 * @param validations among which it is the best
 */
public record BestSnapshot(
    int schema,
    long step,
    String snapshot,
    String weightsSha256,
    String by,
    double value,
    Map<String, Double> scores,
    int validations) {
  private static final int SCHEMA = 1;

  /** The best one of some validations under a rule. */
  static BestSnapshot of(
      RunDirectory run, Validation best, ValidationSettings settings, int validations) {
    BestRule rule = settings.rule();
    return new BestSnapshot(
        SCHEMA,
        best.step(),
        run.path().relativize(run.snapshot(best.step())).toString().replace('\\', '/'),
        best.weightsSha256(),
        rule.text(),
        best.value(rule).orElseThrow(),
        best.scores(),
        validations);
  }

  /** That of a run; null if there is none. */
  public static @Nullable BestSnapshot read(RunDirectory run) throws IOException {
    return JsonFiles.read(run.best(), BestSnapshot.class);
  }

  /** Writes it, whole or not at all, unless it is the same. The caller holds the run's lock. */
  void write(RunDirectory run) throws IOException {
    if (!equals(read(run))) {
      JsonFiles.write(run.best(), this);
    }
  }
}
