package org.vocalise.training.supervise;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.io.FileFaults;
import org.vocalise.training.launch.Launch;
import org.vocalise.training.run.Event;
import org.vocalise.training.run.RunDirectory;
import org.vocalise.training.status.RunView;
import org.vocalise.training.validate.Patience;
import org.vocalise.training.validate.ValidationClips;
import org.vocalise.training.validate.ValidationSettings;
import org.vocalise.training.validate.Validator;

/**
 * Validates a run's snapshots in a thread of its own, so that the trainer's end is not seen late.
 * What goes wrong is recorded, once while it stays the same, and never ends the run or its
 * supervision: it is tried again with the next snapshot, and when the trainer has ended. Not
 * thread-safe.
 */
final class SupervisedValidation implements AutoCloseable {
  private static final long SECONDS_TO_STOP = 10;

  private final RunDirectory run;
  private final OrchestratorLog log;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread worker = new Thread(task, "validation");
            worker.setDaemon(true);
            return worker;
          });
  private @Nullable Validator validator;
  private @Nullable Future<?> task;
  private final boolean enabled;

  /** What was said last of a validation that failed; null if the last one did not. */
  private @Nullable String fault;

  /** The newest snapshot when it failed. */
  private Event.@Nullable Sample newestAtFault;

  SupervisedValidation(RunDirectory run, ValidationSettings settings) {
    this.run = run;
    log = OrchestratorLog.of(run);
    enabled = settings.enabled();
  }

  /** Begins with a snapshot if one waits and none is being validated. */
  void glance(RunView view) throws IOException, InterruptedException {
    Future<?> running = task;
    if (running != null && running.isDone()) {
      collect(running, view);
      task = null;
      view.refresh();
    }
    if (task == null && waits(view)) {
      task = thread.submit(this::one);
    }
  }

  /** Validates all that wait. */
  void finish(RunView view) throws IOException, InterruptedException {
    Future<?> running = task;
    task = null;
    if (running != null) {
      collect(running, view);
    }
    newestAtFault = null;
    view.refresh();
    while (waits(view)) {
      collect(thread.submit(this::one), view);
      view.refresh();
    }
  }

  private boolean waits(RunView view) throws IOException {
    return enabled
        && (newestAtFault == null || !newestAtFault.equals(newest(view)))
        && !Validator.waiting(run, view.history().samples(), view.validations().current(), false)
            .isEmpty()
        && !ValidationClips.empty(run);
  }

  private static Event.@Nullable Sample newest(RunView view) {
    List<Event.Sample> samples = view.history().samples();
    return samples.isEmpty() ? null : samples.get(samples.size() - 1);
  }

  /**
   * Why the trainer is to be stopped.
   *
   * @return null while there is hope
   */
  @Nullable String exhausted(RunView view) {
    Event.Start start = view.history().lastStart();
    Launch launch = view.launch();
    // Before it has begun, the start that is told is that of the life before.
    if (!enabled
        || start == null
        || launch == null
        || view.history().starts() <= launch.startsBefore()) {
      return null;
    }
    long since = start.resumedFrom().orElse(0);
    return Patience.exhausted(view.validations().current(), view.validations().settings(), since);
  }

  /** Waits for a task, and records what went wrong. */
  private void collect(Future<?> running, RunView view) throws InterruptedException {
    try {
      running.get();
      fault = null;
      newestAtFault = null;
    } catch (ExecutionException e) {
      newestAtFault = newest(view);
      String reason = reason(e.getCause() == null ? e : e.getCause());
      if (!reason.equals(fault)) {
        fault = reason;
        try {
          log.validationFailed(reason);
        } catch (IOException full) {
          // The disk is full or read-only, which is why the validation failed, too.
        }
      }
    }
  }

  private static String reason(Throwable cause) {
    if (cause instanceof AccessDeniedException denied) {
      return FileFaults.describe(denied);
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  private @Nullable Void one() throws IOException, InterruptedException {
    Validator opened = validator;
    if (opened == null) {
      opened = new Validator(run);
      validator = opened;
    }
    List<Event.Sample> waiting = opened.waiting(false);
    if (!waiting.isEmpty()) {
      opened.validate(waiting.get(0));
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    thread.shutdownNow();
    boolean interrupted = Thread.interrupted();
    try {
      thread.awaitTermination(SECONDS_TO_STOP, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (validator != null) {
      validator.close();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
