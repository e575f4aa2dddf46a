package org.vocalise.cli.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vocalise.dsp.io.InputException;
import org.vocalise.dsp.io.Sha256;

/** Runs with a work that copies files in capitals. */
final class RunTest {
  @TempDir private Path folder;
  private Path in;
  private Path out;
  private final StringWriter stdout = new StringWriter();
  private final StringWriter stderr = new StringWriter();
  private final AtomicInteger made = new AtomicInteger();

  @BeforeEach
  void makeInputs() throws IOException {
    in = Files.createDirectories(folder.resolve("in"));
    out = folder.resolve("out");
    for (int i = 0; i < 9; i++) {
      Files.writeString(in.resolve(i + ".txt"), "text " + i);
    }
  }

  @Test
  void resultsComeInOrderAndTheManifestListsThem() throws Exception {
    assertEquals(ExitCode.DONE, run(4, false, false, Map.of("n", 1), this::capitals));
    List<String> lines = stdout.toString().lines().toList();
    assertEquals(10, lines.size());
    for (int i = 0; i < 9; i++) {
      assertEquals(out.resolve(i + ".up") + ": copied", lines.get(i));
    }
    assertEquals("TEXT 8", Files.readString(out.resolve("8.up")));
    Manifest manifest = Manifest.load(out.resolve("manifest.json"));
    assertEquals(9, manifest.outputs().size());
    assertEquals(Sha256.of(out.resolve("3.up")), manifest.outputs().get(3).get("sha256"));
  }

  @Test
  void anyNumberOfThreadsWritesTheSameManifest() throws Exception {
    run(1, false, false, Map.of(), this::capitals);
    byte[] first = Files.readAllBytes(out.resolve("manifest.json"));
    out = folder.resolve("out2");
    run(4, false, false, Map.of(), this::capitals);
    assertArrayEquals(first, Files.readAllBytes(out.resolve("manifest.json")));
  }

  @Test
  void oneBadFileDoesNotStopTheOthers() throws Exception {
    assertEquals(ExitCode.SOME_FAILED, run(2, false, false, Map.of(), this::capitalsButFour));
    assertTrue(stderr.toString().contains("error: 1 of 9 files failed:"));
    assertTrue(stderr.toString().contains("4.txt: byte 3: bad"));
    assertFalse(Files.exists(out.resolve("4.up")));
    try (Stream<Path> files = Files.list(out)) {
      assertEquals(9, files.count(), "8 outputs, the manifest, no temporaries");
    }
    String manifest = Files.readString(out.resolve("manifest.json"));
    assertTrue(manifest.contains("\"source\": \"4.txt\""), manifest);
  }

  @Test
  void existingOutputsAreRefusedBeforeAnyWork() throws Exception {
    Files.createDirectories(out);
    Files.writeString(out.resolve("7.up"), "mine");
    UsageException fault =
        assertThrows(UsageException.class, () -> run(2, false, false, Map.of(), this::capitals));
    assertTrue(
        String.valueOf(fault.getMessage()).startsWith(out.resolve("7.up") + ": exists already"));
    assertEquals(0, made.get());
    assertEquals("mine", Files.readString(out.resolve("7.up")));
    assertEquals(ExitCode.DONE, run(2, true, false, Map.of(), this::capitals));
    assertEquals("TEXT 7", Files.readString(out.resolve("7.up")));
  }

  @Test
  void resumeMakesOnlyWhatIsMissingOrChanged() throws Exception {
    run(2, false, false, Map.of("n", 0.5f), this::capitalsButFour);
    String complete = manifestAfterResume();
    assertEquals(9, made.get(), "8, then the one that had failed");
    Files.writeString(out.resolve("1.up"), "changed");
    Files.delete(out.resolve("2.up"));
    Files.writeString(in.resolve("3.txt"), "new text");
    made.set(0);
    String again = manifestAfterResume();
    assertEquals(3, made.get());
    assertEquals("NEW TEXT", Files.readString(out.resolve("3.up")));
    assertFalse(again.equals(complete));
    assertEquals(9, Manifest.load(out.resolve("manifest.json")).outputs().size());
  }

  private String manifestAfterResume() throws Exception {
    assertEquals(ExitCode.DONE, run(2, false, true, Map.of("n", 0.5f), this::capitals));
    return Files.readString(out.resolve("manifest.json"));
  }

  @Test
  void resumeLeavesFilesAloneThatNoRunMade() throws Exception {
    Files.createDirectories(out);
    Files.writeString(out.resolve("7.up"), "mine");
    UsageException fault =
        assertThrows(UsageException.class, () -> run(2, false, true, Map.of(), this::capitals));
    assertTrue(String.valueOf(fault.getMessage()).contains("no manifest.json of a run to resume"));
    assertEquals("mine", Files.readString(out.resolve("7.up")));
    Files.delete(out.resolve("7.up"));
    assertEquals(ExitCode.DONE, run(2, false, true, Map.of(), this::capitals));
  }

  @Test
  void aRunIsOnRecordBeforeItsFirstOutput() throws Exception {
    Work work =
        (source, target, progress) -> {
          assertTrue(Files.exists(out.resolve("manifest.json")));
          return capitals(source, target, progress);
        };
    assertEquals(ExitCode.DONE, run(1, false, false, Map.of(), work));
  }

  @Test
  void resumeWithOtherSettingsIsRefusedWithTheDifference() throws Exception {
    run(2, false, false, Map.of("vocoder", Map.of("iterations", 8)), this::capitals);
    UsageException fault =
        assertThrows(
            UsageException.class,
            () -> run(2, false, true, Map.of("vocoder", Map.of("iterations", 9)), this::capitals));
    assertTrue(String.valueOf(fault.getMessage()).contains("vocoder.iterations: 9 here, 8 there"));
  }

  @Test
  void interruptionLeavesWholeFilesAndARecordOfThem() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    Thread runner =
        new Thread(
            () ->
                assertThrows(
                    InterruptedException.class,
                    () -> run(2, false, false, Map.of(), stuckAtFive(reached))));
    runner.start();
    reached.await();
    runner.interrupt();
    runner.join();
    try (Stream<Path> files = Files.list(out)) {
      files
          .filter(file -> !file.endsWith("manifest.json"))
          .forEach(file -> assertTrue(file.toString().endsWith(".up"), file.toString()));
    }
    Manifest.load(out.resolve("manifest.json"));
    assertEquals("", stderr.toString());
    assertEquals(ExitCode.DONE, run(2, false, true, Map.of(), this::capitals));
    assertEquals(9, Manifest.load(out.resolve("manifest.json")).outputs().size());
  }

  private Work stuckAtFive(CountDownLatch reached) {
    return (source, target, progress) -> {
      if (source.endsWith("5.txt")) {
        Files.writeString(target, "half");
        reached.countDown();
        Thread.sleep(60_000);
      }
      return capitals(source, target, progress);
    };
  }

  private Work.Made capitals(Path source, Path target, Progress progress) throws IOException {
    made.incrementAndGet();
    Files.writeString(target, Files.readString(source).toUpperCase(Locale.ROOT));
    return new Work.Made(Map.of("seconds", 1.0), "copied", List.of());
  }

  private Work.Made capitalsButFour(Path source, Path target, Progress progress)
      throws IOException {
    if (source.endsWith("4.txt")) {
      throw InputException.atByte(source, 3, "bad");
    }
    return capitals(source, target, progress);
  }

  private int run(
      int jobs, boolean overwrite, boolean resume, Map<String, Object> settings, Work work)
      throws IOException, InterruptedException {
    FileKind text = new FileKind(List.of(".txt"), "write one");
    Plan plan = Plan.of(Inputs.collect(List.of(in), text, out), out.toString(), text, ".up");
    Console console =
        new Console(new PrintWriter(stdout), new PrintWriter(stderr), false, false, false);
    Run.Options options = new Run.Options(jobs, overwrite, resume, false);
    return new Run(plan, Manifest.of("copy", settings), options, console).execute(work);
  }
}
