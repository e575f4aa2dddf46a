package org.vocalise.training.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.vocalise.training.launch.Launcher;
import org.vocalise.training.launch.Launchers;
import org.vocalise.training.launch.Resources;
import org.vocalise.training.launch.TrainerSource;
import org.vocalise.training.launch.TrainingRequest;
import org.vocalise.training.run.RunDirectory;
import org.vocalise.training.run.RunName;
import org.vocalise.training.run.RunState;
import org.vocalise.training.run.Runs;
import org.vocalise.training.status.RunView;
import org.vocalise.training.supervise.RestartPolicy;
import org.vocalise.training.supervise.RunStart;
import org.vocalise.training.supervise.Supervisor;

/** Real recordings, the real trainer for a few steps, and its snapshots in Java. */
@Timeout(600)
final class RealValidationTest {
  private static final Path RECORDINGS =
      Path.of("../../../shared/data/validation").toAbsolutePath().normalize();

  @TempDir private Path folder;

  @Test
  void pythonAndJavaAgreeOnEverySnapshot() throws Exception {
    TrainerSource source = TrainerSource.find(null);
    Path python = source.folder().resolve(".venv/bin/python");
    required(python, "the trainer's environment is not made; ./check makes it");
    required(RECORDINGS.resolve("001.flac"), "no recordings");
    RunDirectory run = new Runs(folder.resolve("runs")).create(new RunName("real"));
    try (Launchers launchers = new Launchers(source.folder(), python)) {
      Launcher launcher = launchers.named("local");
      RunStart.start(run, launcher, request());
      assertEquals(
          RunState.FINISHED,
          new Supervisor(run, launchers, RestartPolicy.NEVER, view -> {}).supervise().state());
      RunView view = new RunView(run, launchers);
      List<Validation> made = view.validations().current();
      assertEquals(List.of(3L, 6L), made.stream().map(Validation::step).toList());
      for (Validation each : made) {
        TrainerCheck check = Objects.requireNonNull(each.trainer(), each.toString());
        assertEquals(2, check.files());
        assertTrue(check.difference() < 1e-5, check.toString());
        assertEquals(BestRule.METRICS, List.copyOf(each.scores().keySet()));
      }
      assertNotNull(Validator.best(run));
      assertEquals(List.of(), view.validations().warnings());
    }
  }

  private static void required(Path file, String missing) {
    boolean there = Files.exists(file);
    assertTrue(there || !"true".equals(System.getenv("CI")), file + ": " + missing);
    assumeTrue(there, file + ": " + missing);
  }

  /** Two singers train, one validates. */
  private TrainingRequest request() throws Exception {
    int number = 1;
    for (String singer : List.of("a", "b", "held", "held")) {
      Path target = folder.resolve("data/" + singer + "#song/" + number + ".flac");
      Files.createDirectories(target.resolveSibling("."));
      Files.copy(RECORDINGS.resolve("%03d.flac".formatted(number++)), target);
    }
    return new TrainingRequest(
        "small",
        folder.resolve("data").toRealPath().toString(),
        List.of(
            "steps=6",
            "batch_size=2",
            "sizes={channels: 16, hidden: 32, blocks: 1}",
            "threads=1",
            "data.validation_singers=[held]",
            "data.speeds=[1]",
            "report.validate_every=3",
            "report.clip_seconds=5",
            "report.tensorboard=false"),
        Resources.DEFAULT);
  }
}
