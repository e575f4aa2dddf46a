package org.vocalise.training.supervise;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.vocalise.training.launch.Launch;
import org.vocalise.training.run.Event;
import org.vocalise.training.run.RunDirectory;
import org.vocalise.training.status.RunView;
import org.vocalise.training.validate.Patience;
import org.vocalise.training.validate.ValidationSettings;
import org.vocalise.training.validate.Validator;

/**
 * Validates a run's snapshots in a thread of its own, so that the trainer's end is not seen late.
 * What goes wrong is recorded and told once, and never ends the run or its supervision. Not
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
  private @Nullable Future<Boolean> task;
  private boolean impossible;

  SupervisedValidation(RunDirectory run, ValidationSettings settings) {
    this.run = run;
    log = OrchestratorLog.of(run);
    impossible = !settings.enabled();
  }

  /** Begins with a snapshot if one waits and none is being validated. */
  void glance(RunView view) throws IOException, InterruptedException {
    Future<Boolean> running = task;
    if (running != null && running.isDone()) {
      collect(running);
      task = null;
      view.refresh();
    }
    if (task == null && waits(view)) {
      task = thread.submit(this::one);
    }
  }

  /** Validates all that wait. */
  void finish(RunView view) throws IOException, InterruptedException {
    Future<Boolean> running = task;
    task = null;
    boolean done = running == null || collect(running);
    view.refresh();
    while (done && waits(view)) {
      done = collect(thread.submit(this::one));
      view.refresh();
    }
  }

  private boolean waits(RunView view) throws IOException {
    return !impossible
        && !Validator.waiting(run, view.history().samples(), view.validations().current(), false)
            .isEmpty();
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
    if (impossible
        || start == null
        || launch == null
        || view.history().starts() <= launch.startsBefore()) {
      return null;
    }
    long since = start.resumedFrom().orElse(0);
    return Patience.exhausted(view.validations().current(), view.validations().settings(), since);
  }

  /** Waits for a task; whether it has validated something. */
  private boolean collect(Future<Boolean> running) throws InterruptedException {
    try {
      return running.get();
    } catch (ExecutionException e) {
      impossible = true;
      String reason =
          String.valueOf(e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
      try {
        log.add("validation_failed", Map.of("message", reason));
      } catch (IOException full) {
        // The disk is full or read-only, which is why the validation failed, too.
      }
      return false;
    }
  }

  private boolean one() throws IOException, InterruptedException {
    Validator opened = validator;
    if (opened == null) {
      opened = new Validator(run);
      validator = opened;
    }
    List<Event.Sample> waiting = opened.waiting(false);
    if (waiting.isEmpty()) {
      return false;
    }
    opened.validate(waiting.get(0));
    return true;
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
