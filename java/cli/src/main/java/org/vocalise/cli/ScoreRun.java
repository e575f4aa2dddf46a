package org.vocalise.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.vocalise.cli.batch.Console;
import org.vocalise.cli.batch.ExitCode;
import org.vocalise.cli.batch.Failure;
import org.vocalise.cli.batch.Progress;
import org.vocalise.eval.report.ReportInfo;
import org.vocalise.eval.result.Scores;
import org.vocalise.eval.result.ScoresJson;
import org.vocalise.eval.run.Journal;
import org.vocalise.eval.run.PairedFile;
import org.vocalise.eval.run.ScoringListener;
import org.vocalise.eval.run.ScoringPlan;
import org.vocalise.eval.run.ScoringRun;

/** One call of {@code vocalise score}: scores, writes, says what was found. */
final class ScoreRun {
  private final ScoringPlan plan;
  private final ScoreOutputs outputs;
  private final ScoreCache cache;
  private final @Nullable ReportInfo info;
  private final Console console;
  private final boolean debug;
  private final List<Failure> failures = Collections.synchronizedList(new ArrayList<>());

  /**
   * Prepares a run.
   *
   * @param info what a person adds to the page for people; null for no page
   * @param debug whether failures show their stack traces
   */
  ScoreRun(
      ScoringPlan plan,
      ScoreOutputs outputs,
      ScoreCache cache,
      @Nullable ReportInfo info,
      Console console,
      boolean debug) {
    this.plan = plan;
    this.outputs = outputs;
    this.cache = cache;
    this.info = info;
    this.console = console;
    this.debug = debug;
  }

  /** Scores everything and returns the exit code. */
  int execute(int jobs) throws IOException, InterruptedException {
    int pairs = plan.systems().stream().mapToInt(system -> system.pairs().size()).sum();
    Scores scores;
    try (Journal journal = outputs.journal(plan.settings())) {
      Listener listener = new Listener(new Progress(console, pairs));
      ScoringRun run = new ScoringRun(plan, cache.open(console), journal, listener);
      try {
        scores = run.execute(jobs);
      } finally {
        console.clearStatus();
      }
      outputs.write(scores);
      ScoreSummary.print(scores, console);
      if (info != null) {
        outputs.writeReport(scores, run.sources(), info);
      }
    }
    cache.runDone();
    console.result("reports: " + outputs);
    console.document(ScoresJson.tree(scores));
    return tellFailures(pairs);
  }

  private int tellFailures(int pairs) {
    if (failures.isEmpty()) {
      return ExitCode.DONE;
    }
    if (pairs > 1) {
      console.error("%d of %d pairs failed:".formatted(failures.size(), pairs));
    }
    failures.forEach(failure -> console.failure(failure, debug));
    return pairs == 1 ? failures.get(0).exitCode() : ExitCode.SOME_FAILED;
  }

  private final class Listener implements ScoringListener {
    private final Progress progress;

    Listener(Progress progress) {
      this.progress = progress;
    }

    @Override
    public void scored(String system, PairedFile pair, double seconds) {
      if (seconds == 0) {
        progress.fileKept();
        return;
      }
      progress.audio(seconds);
      progress.fileDone();
    }

    @Override
    public void failed(String system, PairedFile pair, Throwable cause) {
      failures.add(Failure.of(cause));
      progress.fileDone();
    }
  }
}
