package org.vocalise.cli.batch;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class ProgressTest {
  private final StringWriter shown = new StringWriter();
  private final Console console =
      new Console(new PrintWriter(shown), new PrintWriter(shown), false, false, true);

  @Test
  void filesOfAnEarlierRunSayNothingOfTheTimeThatIsLeft() throws InterruptedException {
    Progress progress = new Progress(console, 1000);
    for (int i = 0; i < 900; i++) {
      progress.fileKept();
    }
    show(progress);
    assertTrue(shown.toString().contains("901 of 1000 files"), shown.toString());
    assertFalse(shown.toString().contains("left"), shown.toString());
    progress.fileDone();
    show(progress);
    // One file has taken 0.4 s at least, so the other 98 are said to take 39 s or more.
    assertTrue(
        shown.toString().matches("(?s).*about (\\d\\d+ s|\\d+ min) left.*"), shown.toString());
  }

  /** Counts one more kept file once the bar may be drawn anew. */
  private static void show(Progress progress) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(200);
    progress.fileKept();
  }
}
