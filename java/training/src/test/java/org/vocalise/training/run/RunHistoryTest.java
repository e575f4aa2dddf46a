package org.vocalise.training.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunHistoryTest {
  private static final Instant BEGIN = Instant.parse("2026-02-28T23:59:50.250Z");

  @TempDir private Path folder;
  private Path file;
  private RunHistory history;

  @BeforeEach
  void begin() {
    file = folder.resolve("events.jsonl");
    history = new RunHistory(file);
  }

  @Test
  void missingFileIsARunThatHasNotBegun() throws IOException {
    history.poll();
    assertNull(history.lastStart());
    assertNull(history.lastTime());
    assertEquals(0, history.step());
  }

  @Test
  void aWholeRunIsRead() throws IOException {
    append(line(0, 0, "start", "\"steps\": 40, \"device\": \"cpu\""));
    append(line(1, 10, "train", "\"losses\": {\"mel\": 0.5, \"stft\": 1e-3}, \"eta_seconds\": 7"));
    append(line(2, 10, "warning", "\"message\": \"a clip is silent\""));
    append(line(3, 10, "checkpoint", "\"path\": \"checkpoints/step-00000010\""));
    append(line(4, 10, "sample", "\"metrics\": {\"m_stft\": 0.9}"));
    append(line(5, 10, "sung", "\"by\": \"nobody\""));
    append(line(20, 40, "stop", "\"reason\": \"finished\", \"exit_code\": 0"));
    history.poll();
    Event.Start start = present(history.lastStart());
    assertEquals(40, start.steps().getAsLong());
    assertEquals("cpu", start.details().get("device"));
    assertEquals(BEGIN, start.time());
    Event.Train newest = present(history.newest());
    assertEquals(0.001, newest.values().get("losses.stft"));
    assertEquals(7.0, newest.values().get("eta_seconds"));
    assertEquals("a clip is silent", history.warnings().get(0).message());
    assertEquals(0.9, history.samples().get(0).values().get("metrics.m_stft"));
    assertEquals(10, present(history.checkpoint()).step());
    assertEquals("finished", present(history.stop()).reason());
    assertEquals(40, history.step());
    assertEquals(BEGIN.plusSeconds(20), history.lastTime());
  }

  @Test
  void tornLastLineWaitsUntilItIsWhole() throws IOException {
    append(line(0, 0, "start", "\"steps\": 40"));
    String next = line(1, 1, "train", "\"losses\": {\"mel\": 0.5}");
    for (int cut = 1; cut < next.length(); cut += 7) {
      append(next.substring(0, cut));
      history.poll();
      assertEquals(0, history.step());
      assertEquals(0, history.damagedLines());
      append(next.substring(cut));
      history.poll();
      assertEquals(1, history.step());
      Files.delete(file);
      history.poll();
      assertNull(history.lastStart(), "another file is another run");
      append(line(0, 0, "start", "\"steps\": 40"));
    }
  }

  @Test
  void linesThatAKillHasTornAreCountedAndPassedOver() throws IOException {
    append(line(0, 0, "start", "\"steps\": 40"));
    append("{\"time\": \"2026-02-28T2\n");
    append("\0\0\0\0\n");
    append("[]\n\n{}\n{\"time\": 3, \"step\": -1, \"kind\": \"train\"}\n");
    append("{\"time\": \"yesterday\", \"step\": 1, \"kind\": \"train\"}\n");
    append(line(1, 5, "train", "\"losses\": {\"mel\": 0.5}"));
    history.poll();
    assertEquals(6, history.damagedLines());
    assertEquals(5, history.step());
  }

  @Test
  void whatAResumedTrainerDoesAgainIsCountedOnce() throws IOException {
    append(line(0, 0, "start", "\"steps\": 40"));
    for (int step = 1; step <= 17; step++) {
      append(line(step, step, "train", "\"losses\": {\"mel\": " + step + "}"));
      if (step % 10 == 0) {
        append(line(step, step, "sample", "\"metrics\": {\"m_stft\": 1}"));
        append(line(step, step, "checkpoint", "\"path\": \"x\""));
      }
    }
    append(line(17, 17, "stop", "\"reason\": \"SIGTERM\""));
    append(line(100, 10, "start", "\"resumed_from\": 10, \"steps\": 40"));
    history.poll();
    assertEquals(10, history.step());
    assertEquals(10, history.train().size());
    assertEquals(10.0, present(history.newest()).values().get("losses.mel"));
    assertEquals(1, history.samples().size());
    assertNull(history.stop());
    assertEquals(1, history.resumes());
    assertEquals(2, history.starts());
    append(line(101, 11, "train", "\"losses\": {\"mel\": 100}"));
    history.poll();
    assertEquals(
        List.of(10L, 11L), history.train().stream().map(Event.Train::step).toList().subList(9, 11));
  }

  @Test
  void usualIntervalIsNotThatOfAPauseOrAClockThatWasSet() throws IOException {
    append(line(0, 0, "start", "\"steps\": 40"));
    int seconds = 0;
    for (int step = 1; step <= 40; step++) {
      seconds += step == 20 ? 60 : step == 30 ? -3600 : 3;
      append(line(seconds, step, "train", "\"losses\": {\"mel\": 1}"));
    }
    history.poll();
    assertEquals(Duration.ofSeconds(3), history.usualInterval());
  }

  @Test
  void timesOfAnyPrecisionAndZoneAreRead() throws IOException {
    String[] times = {
      "\"2026-03-01T00:00:00Z\"",
      "\"2026-03-01T00:00:00.5Z\"",
      "\"2026-03-01T00:00:01.123456Z\"",
      "\"2026-03-01T02:00:02+02:00\"",
      "1772323203.25"
    };
    List<Long> seen = new ArrayList<>();
    for (String time : times) {
      append("{\"kind\": \"train\", \"step\": 1, \"time\": " + time + "}\n");
      history.poll();
      seen.add(history.lastTime() == null ? -1 : history.lastTime().toEpochMilli());
    }
    assertEquals(
        List.of(1772323200000L, 1772323200500L, 1772323201123L, 1772323202000L, 1772323203250L),
        seen);
  }

  @Test
  void millionEventsNeedLittleMemory() throws IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
      writer.write(line(0, 0, "start", "\"steps\": 1000000"));
      for (int step = 1; step <= 1_000_000; step++) {
        writer.write(
            line(
                step,
                step,
                "train",
                "\"losses\": {\"mel\": 0.43, \"adversarial\": 1.2, \"features\": 3.4},"
                    + " \"learning_rate\": 0.0002, \"steps_per_second\": 9.7,"
                    + " \"audio_seconds_per_second\": 144.2, \"eta_seconds\": 1234"));
      }
    }
    history.poll();
    assertEquals(1_000_000, history.step());
    assertTrue(history.train().size() <= 1024);
    Event.Train newest = present(history.newest());
    assertEquals(1_000_000, newest.step());
    assertEquals(1234.0, newest.values().get("eta_seconds"));
  }

  private void append(String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static String line(long second, long step, String kind, String fields) {
    return "{\"time\": \"%s\", \"step\": %d, \"kind\": \"%s\", %s}\n"
        .formatted(BEGIN.plusSeconds(second), step, kind, fields);
  }

  private static <T> T present(@Nullable T value) {
    return Objects.requireNonNull(value);
  }
}
