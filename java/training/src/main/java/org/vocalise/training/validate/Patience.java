package org.vocalise.training.validate;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells when a run does not get better any more. */
public final class Patience {
  private Patience() {}

  /**
   * Why a run's trainer is to be stopped: of the settings' {@code patience} newest validations none
   * was the best.
   *
   * @param validations all that count, by their steps
   * @param since step from which the trainer began or went on: who resumes a stopped run wants it
   *     to go on for as long again
   * @return null while there is hope
   */
  public static @Nullable String exhausted(
      List<Validation> validations, ValidationSettings settings, long since) {
    if (settings.patience() == 0) {
      return null;
    }
    BestRule rule = settings.rule();
    Validation best = ValidationLog.best(validations, rule);
    if (best == null) {
      return null;
    }
    long from = Math.max(best.step(), since);
    long without =
        validations.stream()
            .filter(each -> each.step() > from && each.value(rule).isPresent())
            .count();
    if (without < settings.patience()) {
      return null;
    }
    return String.format(
        Locale.ROOT,
        "the best validation is still that of step %d (%s %.4f); validations since: %d",
        best.step(),
        rule.text(),
        best.value(rule).orElseThrow(),
        without);
  }
}
