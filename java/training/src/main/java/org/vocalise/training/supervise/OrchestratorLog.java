package org.vocalise.training.supervise;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vocalise.training.launch.Launch;
import org.vocalise.training.launch.Liveness;
import org.vocalise.training.run.JsonFiles;
import org.vocalise.training.run.RunDirectory;

/**
 * {@code orchestrator.jsonl}: what orchestrators did with a run.
 *
 * @param file need not exist
 */
public record OrchestratorLog(Path file) {
  /** The log of a run. */
  public static OrchestratorLog of(RunDirectory run) {
    return new OrchestratorLog(run.orchestrator());
  }

  /**
   * Adds an entry.
   *
   * @param kind what was done: {@code started, took_over, ended, restarted, stop_requested, ...}
   * @param details by name
   */
  public void add(String kind, Map<String, ?> details) throws IOException {
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("time", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
    entry.put("kind", kind);
    entry.putAll(details);
    JsonFiles.append(file, entry);
  }

  /** All entries. */
  public List<JsonNode> entries() throws IOException {
    return JsonFiles.lines(file, JsonNode.class);
  }

  /**
   * Records that a trainer is asked to stop.
   *
   * @param reason why, in words; empty where the user wants it
   */
  public void stopRequested(Launch launch, String reason) throws IOException {
    add("stop_requested", Map.of("launch", launch.started(), "reason", reason));
  }

  /** Why a trainer was asked to stop, empty where the user wanted it; null if nobody asked. */
  public @Nullable String stopReason(Launch launch) throws IOException {
    String reason = null;
    for (JsonNode entry : entries()) {
      if (entry.path("kind").asText().equals("stop_requested")
          && entry.path("launch").asText().equals(launch.started())) {
        reason = entry.path("reason").asText("");
      }
    }
    return reason;
  }

  /** Records that snapshots could not be validated, and why. */
  public void validationFailed(String message) throws IOException {
    add("validation_failed", Map.of("message", message));
  }

  /**
   * Why snapshots could not be validated last; null if they could.
   *
   * @param validated when the newest validation was made; null before there is any
   */
  public @Nullable String validationFault(@Nullable Instant validated) throws IOException {
    String fault = null;
    for (JsonNode entry : entries()) {
      if (entry.path("kind").asText().equals("validation_failed")
          && (validated == null || Instant.parse(entry.path("time").asText()).isAfter(validated))) {
        fault = entry.path("message").asText();
      }
    }
    return fault;
  }

  /** Records how a trainer ended. */
  public void ended(Launch launch, Liveness.Ended end) throws IOException {
    add(
        "ended",
        Map.of(
            "launch",
            launch.started(),
            "exit_code",
            end.exitCode(),
            "out_of_memory",
            end.outOfMemory()));
  }

  /** How a trainer ended; null if no orchestrator saw it. */
  public Liveness.@Nullable Ended endOf(Launch launch) throws IOException {
    Liveness.Ended end = null;
    for (JsonNode entry : entries()) {
      if (entry.path("kind").asText().equals("ended")
          && entry.path("launch").asText().equals(launch.started())) {
        end =
            new Liveness.Ended(
                entry.path("exit_code").asInt(), entry.path("out_of_memory").asBoolean());
      }
    }
    return end;
  }
}
