package org.vocalise.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.vocalise.cli.batch.ExitCode;

/**
 * What Ctrl-C and a request to end do: the command's thread is interrupted, is given time to end
 * its threads, delete what is half made and write its manifest, and the exit code is 130.
 */
final class Interruption {
  private static final long SECONDS_TO_END = 10;

  private final Thread command = Thread.currentThread();
  private final CountDownLatch ended = new CountDownLatch(1);

  private Interruption() {}

  /** Watches over the calling thread. */
  static Interruption install() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(new Thread(interruption::onShutdown, "interruption"));
    return interruption;
  }

  /** Tells that the command has ended, so that the JVM's end is no interruption. */
  void commandEnded() {
    ended.countDown();
  }

  private void onShutdown() {
    if (ended.getCount() == 0) {
      return;
    }
    command.interrupt();
    try {
      if (!ended.await(SECONDS_TO_END, TimeUnit.SECONDS)) {
        System.err.println("error: stopped before all threads had ended");
      }
    } catch (InterruptedException e) {
      // Nobody interrupts a hook; were it so, the JVM would end at once.
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
  }
}
