package org.vocalise.cli.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** Runs a task for each of many items on several threads and hands the results over in order. */
public final class OrderedPool {
  private static final long SECONDS_TO_STOP = 8;

  private OrderedPool() {}

  /**
   * Runs the task for every item.
   *
   * @param task called on the threads of the pool; an exception that it throws ends the run
   * @param results called on this thread, in the order of the items
   * @throws InterruptedException if this thread is interrupted; by then the tasks were interrupted
   *     too, and have ended unless they took very long over it
   */
  public static <T, R> void run(
      List<T> items, int threads, Function<T, R> task, Consumer<R> results)
      throws InterruptedException {
    ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, items.size()));
    try {
      List<Future<R>> futures = new ArrayList<>(items.size());
      for (T item : items) {
        futures.add(pool.submit(() -> task.apply(item)));
      }
      for (Future<R> future : futures) {
        results.accept(future.get());
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      pool.shutdownNow();
      awaitEnd(pool);
    }
  }

  /** Waits for the tasks even where this thread is interrupted: they delete what is half made. */
  private static void awaitEnd(ExecutorService pool) {
    boolean interrupted = Thread.interrupted();
    try {
      pool.awaitTermination(SECONDS_TO_STOP, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
