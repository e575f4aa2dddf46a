package org.vocalise.eval.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vocalise.dsp.io.InputException;
import org.vocalise.eval.result.FileScores;
import org.vocalise.eval.result.FrechetScore;
import org.vocalise.eval.result.Scores;
import org.vocalise.eval.result.ScoresJson;
import org.vocalise.eval.result.SkippedScore;
import org.vocalise.eval.result.SystemScores;

final class ScoringRunTest {
  private static final int RATE = TestSignals.RATE;
  private static final int PAIRS = 6;

  @TempDir private Path folder;

  private final StandIns standIns = new StandIns();
  private final List<String> failed = Collections.synchronizedList(new ArrayList<>());

  @Test
  void resultDoesNotDependOnJobsCacheOrEarlierRuns() throws Exception {
    List<SystemFiles> systems = systems();
    String once = ScoresJson.write(run(systems, "a", 1));
    byte[] journal = Files.readAllBytes(folder.resolve("a/journal.jsonl"));
    assertEquals(once, ScoresJson.write(run(systems, "b", 4)));
    assertEquals(
        new String(journal, StandardCharsets.UTF_8),
        Files.readString(folder.resolve("b/journal.jsonl")));
    assertEquals(once, ScoresJson.write(run(systems, "b", 2)));
  }

  @Test
  void meansIntervalsAndDistanceAreThoseOfTheFiles() throws Exception {
    Scores scores = run(systems(), "a", 2);
    assertEquals(List.of("difference", "log2f0_mean"), scores.metricKeys());
    SystemScores system = scores.systems().get(0);
    assertEquals(PAIRS, system.files().size());
    double mean =
        system.files().stream()
            .mapToDouble(file -> file.scores().getOrDefault("difference", 0.0))
            .average()
            .orElseThrow();
    assertEquals(mean, system.means().getOrDefault("difference", 0.0), 1e-12);
    assertNotNull(system.intervals().get("difference"));
    FrechetScore frechet = system.frechet();
    assertNotNull(frechet);
    assertEquals("stand-in", frechet.embedding());
    assertEquals(PAIRS * 10, frechet.windows());
  }

  @Test
  void tracksAndVectorsComeFromTheCacheTheSecondTime() throws Exception {
    List<SystemFiles> systems = systems();
    run(systems, "a", 1);
    int tracked = standIns.tracked.get();
    int embedded = standIns.embedded.get();
    assertEquals(3 * PAIRS, tracked); // references once for both systems
    assertEquals(3 * PAIRS, embedded);
    run(systems, "b", 2);
    assertEquals(tracked, standIns.tracked.get());
    assertEquals(embedded, standIns.embedded.get());
    // A vocoder that rounds lengths another way needs the same tracks of the references.
    Path shorter = systems.get(0).pairs().get(2).synthesis();
    TestSignals.write(shorter, RATE, TestSignals.noise(RATE - 150, 99));
    run(systems, "c", 2);
    assertEquals(tracked + 1, standIns.tracked.get());
  }

  @Test
  void resumedRunScoresOnlyWhatIsMissingOrChanged() throws Exception {
    List<SystemFiles> systems = systems();
    String once = ScoresJson.write(run(systems, "a", 1));
    Path journal = folder.resolve("a/journal.jsonl");
    List<String> lines = Files.readAllLines(journal);
    assertEquals(1 + 2 * PAIRS, lines.size());
    // As a run that was killed leaves it: some lines, and one that was torn.
    Files.writeString(
        journal, String.join("\n", lines.subList(0, 5)) + "\n" + lines.get(5).substring(0, 40));
    standIns.scored.set(0);
    assertEquals(once, ScoresJson.write(resume(systems, "a", 2)));
    assertEquals(2 * PAIRS - 4, standIns.scored.get());

    TestSignals.write(systems.get(0).pairs().get(2).synthesis(), RATE, TestSignals.noise(RATE, 99));
    standIns.scored.set(0);
    resume(systems, "a", 2);
    assertEquals(1, standIns.scored.get());
  }

  @Test
  void damagedFileFailsAloneAndByName() throws Exception {
    List<SystemFiles> systems = systems();
    Files.writeString(systems.get(0).pairs().get(1).synthesis(), "no audio");
    Scores scores = run(systems, "a", 2);
    assertEquals(List.of("one 1"), failed);
    SystemScores system = scores.systems().get(0);
    assertEquals(PAIRS - 1, system.files().size());
    SkippedScore skipped = system.skipped().get(0);
    assertEquals("1", skipped.name());
    assertEquals(SkippedScore.FILE, skipped.metric());
    assertTrue(skipped.reason().contains("1.wav"), skipped.reason());
    assertEquals(PAIRS, scores.systems().get(1).files().size());
  }

  @Test
  void scoreThatDoesNotExistIsListedAndNotAZero() throws Exception {
    List<SystemFiles> systems = systems();
    TestSignals.write(systems.get(0).pairs().get(3).reference(), RATE, new float[RATE]);
    SystemScores system = run(systems, "a", 2).systems().get(0);
    assertEquals(
        List.of(new SkippedScore("3", "difference", "the reference is silent")), system.skipped());
    FileScores file = system.files().get(3);
    assertEquals(1, file.scores().size());
    assertTrue(file.flags().get(0).contains("silent"), file.flags().toString());
  }

  @Test
  void equalFilesOfOneSystemAreFlagged() throws Exception {
    List<SystemFiles> systems = systems();
    Files.copy(
        systems.get(0).pairs().get(0).synthesis(),
        systems.get(0).pairs().get(4).synthesis(),
        StandardCopyOption.REPLACE_EXISTING);
    List<String> flags = run(systems, "a", 2).systems().get(0).files().get(4).flags();
    assertTrue(flags.contains("the file is identical to 0"), flags.toString());
  }

  @Test
  void journalOfOtherProgramsIsRefused() throws Exception {
    Path file = Files.writeString(folder.resolve("journal.jsonl"), "{}\nx\n{}\n");
    InputException error =
        assertThrows(
            InputException.class,
            () -> Journal.resume(file, standIns.plan(protocol(), List.of()).settings()));
    assertTrue(String.valueOf(error.getMessage()).contains("line 2"), error.getMessage());
    Files.writeString(file, "text");
    assertThrows(InputException.class, () -> Journal.settings(file));
  }

  private Scores run(List<SystemFiles> systems, String name, int jobs) throws Exception {
    ScoringPlan plan = standIns.plan(protocol(), systems);
    try (Journal journal =
        Journal.start(folder.resolve(name).resolve("journal.jsonl"), plan.settings())) {
      return run(plan, journal).execute(jobs);
    }
  }

  private Scores resume(List<SystemFiles> systems, String name, int jobs) throws Exception {
    ScoringPlan plan = standIns.plan(protocol(), systems);
    try (Journal journal =
        Journal.resume(folder.resolve(name).resolve("journal.jsonl"), plan.settings())) {
      return run(plan, journal).execute(jobs);
    }
  }

  private ScoringRun run(ScoringPlan plan, Journal journal) {
    FeatureCache cache = new FeatureCache(folder.resolve("cache"), failed::add);
    ScoringListener listener =
        new ScoringListener() {
          @Override
          public void scored(String system, PairedFile pair, double seconds) {}

          @Override
          public void failed(String system, PairedFile pair, Throwable cause) {
            failed.add(system + " " + pair.name());
          }
        };
    return new ScoringRun(plan, cache, journal, listener);
  }

  private static Protocol protocol() {
    return new CleanProtocol(RATE);
  }

  /** Two systems over the same references. */
  private List<SystemFiles> systems() throws IOException {
    float[] sung = TestSignals.sung(3 * RATE);
    List<SystemFiles> systems = new ArrayList<>();
    for (String name : List.of("one", "two")) {
      List<PairedFile> pairs = new ArrayList<>();
      for (int i = 0; i < PAIRS; i++) {
        float[] reference = Arrays.copyOfRange(sung, i * RATE / 4, i * RATE / 4 + RATE);
        float[] synthesis = reference.clone();
        float[] noise = TestSignals.noise(RATE, i + name.length() * name.hashCode());
        for (int n = 0; n < RATE; n++) {
          synthesis[n] += 0.02f * noise[n];
        }
        pairs.add(
            new PairedFile(
                Integer.toString(i),
                TestSignals.write(folder.resolve("reference").resolve(i + ".wav"), RATE, reference),
                TestSignals.write(folder.resolve(name).resolve(i + ".wav"), RATE, synthesis)));
      }
      systems.add(new SystemFiles(name, pairs, List.of()));
    }
    return systems;
  }
}
