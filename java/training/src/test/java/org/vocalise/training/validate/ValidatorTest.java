package org.vocalise.training.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vocalise.dsp.io.InputException;
import org.vocalise.training.run.Event;
import org.vocalise.training.run.RunDirectory;

@Timeout(300)
final class ValidatorTest {
  @TempDir private Path folder;
  private SnapshotRun trainer;
  private RunDirectory run;

  @BeforeEach
  void begin() throws Exception {
    trainer = new SnapshotRun(folder.resolve("first"));
    run = trainer.run();
  }

  @Test
  void theBestStaysAndItsPageShowsAll() throws Exception {
    settings("m_stft", 1);
    float[] gains = {0.01f, 0.3f, 1, 3};
    for (int i = 0; i < gains.length; i++) {
      trainer.snapshot(10L * (i + 1), gains[i]);
    }
    List<Validation> made = validateAll();
    assertEquals(List.of(10L, 20L, 30L, 40L), made.stream().map(Validation::step).toList());
    for (Validation each : made) {
      assertEquals(BestRule.METRICS, List.copyOf(each.scores().keySet()), each.toString());
      assertNull(each.fault());
    }
    Validation best =
        made.stream()
            .min(Comparator.comparingDouble(each -> each.scores().getOrDefault("m_stft", 9.0)))
            .orElseThrow();
    BestSnapshot kept = present(BestSnapshot.read(run));
    assertEquals(best.step(), kept.step());
    assertEquals(best.weightsSha256(), kept.weightsSha256());
    assertEquals("snapshots/step-" + best.step() + ".onnx", kept.snapshot());
    assertEquals(best.step(), present(Validator.best(run)).step());
    for (Validation each : made) {
      boolean stays = each.step() == best.step() || each.step() == 40;
      assertEquals(stays, Files.exists(run.snapshot(each.step())), "step " + each.step());
      assertTrue(Files.size(run.validated().resolve("step-" + each.step() + "/song #1.wav")) > 44);
    }
    String page = Files.readString(run.validationPage());
    assertTrue(page.contains("src=\"validated/step-10/song%20%230.wav\""), "a player");
    assertTrue(page.contains("src=\"validation/song%20%231.wav\""), "a reference");
    assertTrue(Files.size(run.validationCurves()) > 1000);
    try (Validator again = new Validator(run)) {
      assertEquals(List.of(), again.waiting(true));
      assertEquals(List.of(), again.missed());
    }
  }

  @Test
  void damagedSnapshotsAreNamedAndTheOthersGoOn() throws Exception {
    trainer.snapshot(10, 1);
    trainer.snapshot(20, 1);
    trainer.snapshot(30, 0.3f);
    byte[] whole = Files.readAllBytes(run.snapshot(10));
    Files.write(run.snapshot(10), java.util.Arrays.copyOf(whole, whole.length / 2));
    whole[whole.length / 2] ^= 0x40;
    Files.write(run.snapshot(20), whole);
    List<Validation> made = validateAll();
    assertTrue(present(made.get(0).fault()).contains("step-10.onnx"), made.get(0).toString());
    assertTrue(present(made.get(1).fault()).contains("step-20.onnx"), made.get(1).toString());
    assertNull(made.get(2).fault());
    assertEquals(30, present(Validator.best(run)).step());
    assertTrue(Files.readString(run.validationPage()).contains("validation of step 10: "));
    try (Validator again = new Validator(run)) {
      assertEquals(List.of(), again.waiting(false));
      assertEquals(List.of(10L, 20L), steps(again.waiting(true)));
      assertEquals(2, again.log().warnings().size());
    }
  }

  @Test
  void whatAResumeMadeVoidIsDoneAgain() throws Exception {
    trainer.snapshot(10, 1);
    trainer.snapshot(20, 0.3f);
    validateAll();
    trainer.event(10, "start", "\"resumed_from\": 10");
    try (Validator validator = new Validator(run)) {
      assertEquals(List.of(), validator.waiting(false));
      assertEquals(1, validator.log().current().size());
    }
    Validation best = Validator.best(run);
    assertTrue(best == null || best.step() == 10, String.valueOf(best));
    trainer.snapshot(20, 0.1f);
    try (Validator validator = new Validator(run)) {
      assertEquals(List.of(20L), steps(validator.waiting(false)));
    }
    assertEquals(1, validateAll().size());
    ValidationLog log = log();
    assertEquals(2, log.current().size());
    assertFalse(log.current().get(0).weightsSha256().equals(log.current().get(1).weightsSha256()));
  }

  @Test
  void theTrainersScoreOfTheSameFilesIsCompared() throws Exception {
    trainer.sample(10, 1);
    trainer.snapshot(10, 1, "\"clip_metrics\": {\"song #0\": {\"m_stft\": 1.0}}");
    assertNull(validateAll().get(0).trainer(), "no file, nothing to compare");
    trainer.sample(20, 1);
    trainer.snapshot(20, 1, "\"clip_metrics\": {\"song #1\": {\"m_stft\": 1.0}}");
    TrainerCheck apart = present(validateAll().get(0).trainer());
    assertTrue(present(apart.warning()).contains("the trainer says 1.000000"), apart.toString());
    assertTrue(log().warnings().get(0).startsWith("validation of step 20: M-STFT"));
    String close = "\"clip_metrics\": {\"song #1\": {\"m_stft\": %s}}".formatted(apart.ours());
    trainer.sample(30, 1);
    trainer.snapshot(30, 1, close);
    TrainerCheck agreed = present(validateAll().get(0).trainer());
    assertNull(agreed.warning());
    assertEquals(0, agreed.difference(), 1e-9);
  }

  @Test
  void clipsAreNeeded() throws Exception {
    trainer.snapshot(10, 1);
    try (Stream<Path> files = Files.list(run.validationClips())) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    InputException none = assertThrows(InputException.class, this::validateAll);
    assertTrue(String.valueOf(none.getMessage()).contains("holds no validation clips"));
    Files.writeString(
        run.validationClips().resolve("clips.json"),
        "{\"clips\": [{\"name\": \"x\", \"stem\": \"../x\"}]}");
    InputException out = assertThrows(InputException.class, this::validateAll);
    assertTrue(String.valueOf(out.getMessage()).contains("leads out"), out.getMessage());
    SnapshotRun.writeClips(run.validationClips());
    Files.writeString(run.validationClips().resolve("song #0.wav"), "no sound");
    InputException damaged = assertThrows(InputException.class, this::validateAll);
    assertTrue(String.valueOf(damaged.getMessage()).contains("song #0.wav"), damaged.getMessage());
    assertFalse(Files.exists(run.validation()));
  }

  @Test
  void whatWasScoredOtherwiseDoesNotCount() throws Exception {
    trainer.snapshot(10, 1);
    validateAll();
    assertEquals(1, log().current().size());
    Path list = run.validationClips().resolve("clips.json");
    String clips = Files.readString(list);
    Files.writeString(list, clips + " ");
    assertEquals(0, log().current().size());
    Files.writeString(list, clips);
    new ValidationSettings(1, true, "frechet", 0, "crepe-tiny", "log-mel", 3, 30).keepIn(run);
    assertEquals(0, log().current().size());
    ValidationSettings.DEFAULT.keepIn(run);
    assertEquals(1, log().current().size());
    Files.delete(run.snapshot(10));
    assertNull(Validator.best(run));
  }

  private void settings(String bestBy, int keep) throws Exception {
    new ValidationSettings(1, true, bestBy, 0, "yin", "log-mel", keep, 30).keepIn(run);
  }

  private List<Validation> validateAll() throws Exception {
    List<Validation> made = new java.util.ArrayList<>();
    try (Validator validator = new Validator(run)) {
      for (Event.Sample sample : validator.waiting(false)) {
        made.add(validator.validate(sample));
      }
    }
    assertNotNull(made);
    return made;
  }

  private ValidationLog log() throws Exception {
    try (Validator validator = new Validator(run)) {
      validator.waiting(false);
      return validator.log();
    }
  }

  private static List<Long> steps(List<Event.Sample> samples) {
    return samples.stream().map(Event.Sample::step).toList();
  }

  private static <T> T present(@Nullable T value) {
    return Objects.requireNonNull(value);
  }
}
