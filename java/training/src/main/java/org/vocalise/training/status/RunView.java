package org.vocalise.training.status;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.vocalise.training.launch.Launch;
import org.vocalise.training.launch.Launcher;
import org.vocalise.training.launch.Launchers;
import org.vocalise.training.launch.Liveness;
import org.vocalise.training.launch.Usage;
import org.vocalise.training.run.Event;
import org.vocalise.training.run.RunDirectory;
import org.vocalise.training.run.RunHistory;
import org.vocalise.training.run.RunLock;
import org.vocalise.training.run.RunState;
import org.vocalise.training.supervise.OrchestratorLog;
import org.vocalise.training.validate.Validation;
import org.vocalise.training.validate.ValidationLog;

/**
 * A monitor's picture of one run, rebuilt from its folder and kept up to date by {@link #refresh}.
 * Any number may look at the same run. Not thread-safe.
 */
public final class RunView {
  private static final int LOG_LINES = 20;

  private final RunDirectory run;
  private final Launchers launchers;
  private final RunHistory history;
  private final ValidationLog validations;
  private @Nullable Launch launch;
  private RunStatus status;
  private @Nullable String validationFault;

  /** Looks at a run. */
  public RunView(RunDirectory run, Launchers launchers) throws IOException {
    this(run, launchers, null);
  }

  /** Looks at a run, and gives every event's line as it is read. */
  public RunView(RunDirectory run, Launchers launchers, @Nullable Consumer<byte[]> lines)
      throws IOException {
    this.run = run;
    this.launchers = launchers;
    history = new RunHistory(run.events(), lines);
    validations = new ValidationLog(run);
    status = look();
  }

  /** Reads what is new. */
  public void refresh() throws IOException {
    status = look();
  }

  private RunStatus look() throws IOException {
    Launch found = Launch.read(run);
    launch = found;
    // Asked before the events are read: a trainer writes its last event before it ends.
    Liveness liveness = liveness(found);
    history.poll();
    validations.poll(history.samples());
    validationFault = findValidationFault();
    boolean unexplained = !(liveness instanceof Liveness.Alive);
    List<String> lines = unexplained && found != null ? lastLines(found) : List.of();
    RunStatus judged = RunStatus.of(history, found, liveness, lines, Instant.now());
    String unwritable = judged.silent() ? run.unwritable() : null;
    return unwritable == null ? explained(judged, found) : judged.inReadOnlyFolder(unwritable);
  }

  /** Tells an early stop from one that the user wanted. */
  private RunStatus explained(RunStatus judged, @Nullable Launch found) throws IOException {
    if (judged.state() != RunState.STOPPED || found == null) {
      return judged;
    }
    String reason = OrchestratorLog.of(run).stopReason(found);
    return reason == null || reason.isEmpty()
        ? judged
        : new RunStatus(
            RunState.STOPPED,
            "early, " + judged.why() + ": " + reason,
            "'vocalise train export' takes the best; 'resume' goes on all the same",
            judged.lastLines());
  }

  private @Nullable String findValidationFault() throws IOException {
    if (!validations.settings().enabled()) {
      return null;
    }
    String fault = OrchestratorLog.of(run).validationFault(validations.newest());
    if (fault == null) {
      return null;
    }
    String cure = Cures.of(List.of(fault));
    return "snapshots are not validated: "
        + fault
        + (cure.isEmpty() ? "" : "; " + cure)
        + "; it is tried again with the next one, or by 'vocalise train validate "
        + run.name()
        + "'";
  }

  /** What to doubt about validation, a line each. */
  public List<String> validationWarnings() {
    List<String> warnings = new ArrayList<>(validations.warnings());
    if (validationFault != null) {
      warnings.add(validationFault);
    }
    return warnings;
  }

  private Liveness liveness(@Nullable Launch found) throws IOException {
    if (found == null) {
      return new Liveness.Unknown("no orchestrator started this run");
    }
    Liveness liveness = launchers.of(found).liveness(found);
    if (liveness instanceof Liveness.Gone) {
      // Its orchestrator may have seen how it ended, and cleared it away.
      Liveness recorded = OrchestratorLog.of(run).endOf(found);
      return recorded == null ? liveness : recorded;
    }
    return liveness;
  }

  private List<String> lastLines(Launch found) throws IOException {
    return launchers.of(found).lastLines(run, found, LOG_LINES);
  }

  /** The run's folder. */
  public RunDirectory run() {
    return run;
  }

  /** How it was started; null if no orchestrator did. */
  public @Nullable Launch launch() {
    return launch;
  }

  /** What it has told. */
  public RunHistory history() {
    return history;
  }

  /** What validation has found. */
  public ValidationLog validations() {
    return validations;
  }

  /** What it is doing. */
  public RunStatus status() {
    return status;
  }

  /** What its trainer uses now; null if that can't be told. */
  public @Nullable Usage usage() throws IOException {
    Launch found = launch;
    if (found == null) {
      return null;
    }
    Launcher launcher = launchers.of(found);
    return launcher.usage(found);
  }

  /** The picture as a document. */
  public Map<String, Object> document() throws IOException {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("schema", 1);
    document.put("name", run.name());
    document.put("state", status.state().word());
    document.put("why", status.why());
    document.put("cure", status.cure());
    document.put("step", history.step());
    Event.Start start = history.lastStart();
    document.put(
        "steps", start == null || start.steps().isEmpty() ? null : start.steps().getAsLong());
    Event.Train newest = history.newest();
    document.put("newest", newest == null ? null : newest.values());
    document.put("checkpoint", history.checkpoint() == null ? null : history.checkpoint().step());
    document.put("validation", validation());
    document.put("validation_fault", validationFault);
    document.put("resumes", history.resumes());
    document.put("warnings", history.warningCount());
    document.put("damaged_lines", history.damagedLines());
    document.put("launcher", launch == null ? null : launch.launcher());
    document.put("preset", launch == null ? null : launch.request().preset());
    document.put("data", launch == null ? null : launch.request().data());
    document.put("orchestrator", RunLock.holder(run));
    document.put("last_lines", status.lastLines());
    return document;
  }

  private @Nullable Map<String, Object> validation() {
    List<Validation> current = validations.current();
    if (current.isEmpty()) {
      return null;
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("validations", current.size());
    document.put("newest_step", current.get(current.size() - 1).step());
    document.put("best_by", validations.settings().bestBy());
    document.put("patience", validations.settings().patience());
    Validation best = validations.best();
    document.put("best_step", best == null ? null : best.step());
    document.put("best_scores", best == null ? null : best.scores());
    document.put("warnings", validations.warnings());
    return document;
  }
}
