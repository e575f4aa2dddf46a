package org.vocalise.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.vocalise.cli.batch.Console;
import org.vocalise.cli.batch.ExitCode;
import org.vocalise.training.run.Event;
import org.vocalise.training.run.RunDirectory;
import org.vocalise.training.run.RunLock;
import org.vocalise.training.validate.Validation;
import org.vocalise.training.validate.ValidationSettings;
import org.vocalise.training.validate.Validator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code vocalise train validate}. */
@Command(
    name = "validate",
    description = {
      "Synthesise and score the snapshots of a run that nobody has validated yet: those of a run",
      "whose orchestrator was away. Keeps the best, and writes validation.html to hear and see it.",
      "Other rules, trackers and embeddings hold for the run from then on."
    },
    footer = {"", "Example:", "  vocalise train validate first --best-by m_stft=1,frechet=0.1"})
final class TrainValidate implements Callable<Integer> {
  @Parameters(paramLabel = "RUN", description = "Name of the run.")
  private String name = "";

  @Mixin private final RunOptions runOptions = new RunOptions();
  @Mixin private final ValidationOptions validation = new ValidationOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Console console = output.console();
    RunDirectory run = runOptions.find(name);
    validation.check();
    run.checkWritable();
    try (RunLock lock = RunLock.take(run)) {
      if (lock.predecessor() != null) {
        console.note("takes over from " + lock.predecessor() + ", which is gone");
      }
      ValidationSettings settings = validation.change(ValidationSettings.of(run));
      settings.keepIn(run);
      try (Validator validator = new Validator(run)) {
        int failed = validate(validator, console);
        validator.conclude();
        tell(run, validator, console);
        return failed == 0 ? ExitCode.DONE : ExitCode.SOME_FAILED;
      }
    }
  }

  /** Validates all that wait, and returns how many of them could not be. */
  private static int validate(Validator validator, Console console)
      throws IOException, InterruptedException {
    List<Event.Sample> waiting = validator.waiting(true);
    List<Long> missed = validator.missed();
    if (!missed.isEmpty()) {
      console.note("without a snapshot, and not validated: steps " + missed);
    }
    int failed = 0;
    int done = 0;
    while (!waiting.isEmpty()) {
      for (Event.Sample sample : waiting) {
        console.status("step %d, %d of %d".formatted(sample.step(), ++done, waiting.size()));
        Validation made = validator.validate(sample);
        String fault = made.fault();
        if (fault != null) {
          failed++;
          console.error("step " + made.step() + ": " + fault);
        } else {
          console.result("step " + made.step() + ": " + scores(made));
        }
      }
      done = 0;
      // The trainer may have left others in the meantime.
      waiting = validator.waiting(false);
    }
    console.clearStatus();
    return failed;
  }

  private static void tell(RunDirectory run, Validator validator, Console console) {
    List<Validation> current = validator.log().current();
    for (Validation each : current) {
      String warning =
          each.trainer() == null || each.fault() != null ? null : each.trainer().warning();
      if (warning != null) {
        console.warning("step " + each.step() + ": " + warning);
      }
    }
    Validation best = validator.log().best();
    if (current.isEmpty()) {
      console.note(run.name() + ": no snapshot to validate yet");
    } else {
      if (best != null) {
        String rule = validator.settings().bestBy();
        console.result("best by " + rule + ": step " + best.step() + ", " + scores(best));
      } else if (current.stream().anyMatch(each -> each.fault() == null)) {
        console.warning(
            "no validation has a value of %s, so none is the best by it; --best-by takes another"
                .formatted(validator.settings().bestBy()));
      }
      console.result("page: " + run.validationPage());
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("schema", 1);
    document.put("best_by", validator.settings().bestBy());
    document.put("best_step", best == null ? null : best.step());
    document.put("page", current.isEmpty() ? null : run.validationPage().toString());
    document.put("validations", current.stream().map(TrainValidate::document).toList());
    console.document(document);
  }

  private static Map<String, Object> document(Validation validation) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("step", validation.step());
    document.put("scores", validation.scores());
    document.put("fault", validation.fault());
    document.put(
        "trainer_difference",
        validation.trainer() == null ? null : validation.trainer().difference());
    return document;
  }

  /** Scores in a line. */
  static String scores(Validation validation) {
    List<String> parts = new ArrayList<>();
    validation
        .scores()
        .forEach((key, value) -> parts.add(String.format(Locale.ROOT, "%s %.4f", key, value)));
    return String.join(", ", parts);
  }
}
