package org.vocalise.training.supervise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.vocalise.inference.OutputKind;
import org.vocalise.inference.TinyModels;
import org.vocalise.training.launch.Launcher;
import org.vocalise.training.launch.Launchers;
import org.vocalise.training.launch.Standin;
import org.vocalise.training.run.RunDirectory;
import org.vocalise.training.run.RunName;
import org.vocalise.training.run.RunState;
import org.vocalise.training.run.Runs;
import org.vocalise.training.status.RunStatus;
import org.vocalise.training.status.RunView;
import org.vocalise.training.validate.SnapshotRun;
import org.vocalise.training.validate.ValidationSettings;
import org.vocalise.training.validate.Validator;

/** Validation beside a trainer that runs. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals of POSIX")
@Timeout(300)
final class SupervisedValidationTest {
  private static final ValidationSettings PATIENT =
      new ValidationSettings(1, true, "m_stft", 2, "yin", "log-mel", 1, 30);

  @TempDir private Path folder;
  private Launchers launchers;
  private Launcher launcher;
  private RunDirectory run;

  @BeforeEach
  void prepare() throws Exception {
    launchers = new Launchers(Standin.source().folder(), Standin.python());
    launcher = launchers.named("local");
    launcher.prepare(line -> {});
    run = new Runs(folder.resolve("runs")).create(new RunName("first"));
    TinyModels.write(folder.resolve("runs/model.onnx"), OutputKind.AUDIO, 1);
    SnapshotRun.writeClips(folder.resolve("runs/clips"));
  }

  @Test
  void trainerWithoutProgressIsStoppedEarlyAndGoesOnWhereItIsWanted() throws Exception {
    start("steps=4000", "step_seconds=0.05", "validate_every=10");
    RunStatus status = supervise(settings -> PATIENT);
    assertEquals(RunState.STOPPED, status.state(), status.toString());
    assertTrue(status.why().startsWith("early, at step "), status.why());
    assertTrue(status.why().contains("still that of step 10 (m_stft"), status.why());
    RunView view = new RunView(run, launchers);
    assertEquals(status, view.status());
    assertEquals(10, Objects.requireNonNull(view.validations().best()).step());
    assertTrue(view.document().toString().contains("best_step=10"), "in the document");

    // Resumed, it has as long again: the settings are the run's.
    long before = view.history().step();
    start("steps=4000", "step_seconds=0.05", "validate_every=10");
    RunStatus again = supervise(UnaryOperator.identity());
    assertEquals(RunState.STOPPED, again.state(), again.toString());
    view.refresh();
    assertTrue(view.history().step() >= before + 10, before + " and " + view.history().step());
  }

  @Test
  void allSnapshotsAreValidatedBeforeTheEnd() throws Exception {
    start("steps=60", "validate_every=20");
    assertEquals(RunState.FINISHED, supervise(UnaryOperator.identity()).state());
    RunView view = new RunView(run, launchers);
    assertEquals(3, view.validations().current().size());
    assertTrue(Files.exists(run.validationPage()));
    String log = Files.readString(run.orchestrator());
    assertFalse(log.contains("validation_failed"), log);
  }

  @Test
  void validationThatIsImpossibleIsToldAndEndsNothing() throws Exception {
    Files.writeString(folder.resolve("runs/clips/clips.json"), "{");
    start("steps=60", "validate_every=20");
    assertEquals(RunState.FINISHED, supervise(UnaryOperator.identity()).state());
    String log = Files.readString(run.orchestrator());
    assertEquals(2, log.split("validation_failed", -1).length, log);
    RunView view = new RunView(run, launchers);
    String warning = view.validationWarnings().get(0);
    assertTrue(warning.contains("clips.json"), warning);
    assertTrue(warning.contains("'vocalise train validate first'"), warning);
    assertTrue(view.document().get("validation_fault") instanceof String);

    // Mended, and validated by hand.
    SnapshotRun.writeClips(run.validationClips());
    try (Validator validator = new Validator(run)) {
      validator.validate(validator.waiting(true).get(0));
    }
    view.refresh();
    assertEquals(List.of(), view.validationWarnings());
  }

  @Test
  void validationThatWasImpossibleIsTriedAgainWithTheNextSnapshot() throws Exception {
    start("steps=4000", "step_seconds=0.02", "validate_every=50");
    Files.createFile(run.validated());
    RunStatus status =
        new Supervisor(
                run,
                launchers,
                RestartPolicy.NEVER,
                view -> {
                  if (!view.validationWarnings().isEmpty() && run.validated().toFile().isFile()) {
                    assertTrue(run.validated().toFile().delete());
                  }
                },
                before -> PATIENT)
            .supervise();
    assertEquals(RunState.STOPPED, status.state(), status.toString());
    RunView view = new RunView(run, launchers);
    assertEquals(List.of(), view.validationWarnings());
    assertTrue(view.validations().current().size() > 2);
    assertTrue(Files.readString(run.orchestrator()).contains("validation_failed"));
  }

  @Test
  void switchedOffItDoesNothing() throws Exception {
    start("steps=60", "validate_every=20");
    UnaryOperator<ValidationSettings> off =
        before -> new ValidationSettings(1, false, "m_stft", 1, "yin", "log-mel", 1, 30);
    assertEquals(RunState.FINISHED, supervise(off).state());
    assertFalse(Files.exists(run.validation()));
  }

  private void start(String... settings) throws Exception {
    String[] all = java.util.Arrays.copyOf(settings, settings.length + 1);
    all[settings.length] = "snapshots=1";
    RunStart.start(run, launcher, Standin.request(Standin.data(folder), all));
  }

  private RunStatus supervise(UnaryOperator<ValidationSettings> changes) throws Exception {
    return new Supervisor(run, launchers, RestartPolicy.NEVER, view -> {}, changes).supervise();
  }
}
