package org.vocalise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.vocalise.cli.batch.Console;
import org.vocalise.cli.batch.ExitCode;
import org.vocalise.cli.batch.FileKind;
import org.vocalise.cli.batch.Inputs;
import org.vocalise.cli.batch.Item;
import org.vocalise.cli.batch.Json;
import org.vocalise.cli.batch.OutputFile;
import org.vocalise.cli.batch.OutputFolder;
import org.vocalise.cli.batch.UsageException;
import org.vocalise.eval.report.Leaderboard;
import org.vocalise.eval.report.LeaderboardFiles;
import org.vocalise.eval.report.LeaderboardPage;
import org.vocalise.eval.report.ScoredRun;
import org.vocalise.eval.result.ScoresJson;
import org.vocalise.eval.result.SystemScores;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vocalise compare}. */
@Command(
    name = "compare",
    description = {
      "Rank the systems of several scoring runs: a class, or checkpoints.",
      "Writes leaderboard.html, leaderboard.csv and leaderboard.json. Runs of different protocols,"
          + " trackers or embeddings are refused."
    },
    footer = {
      "",
      "Examples:",
      "  vocalise compare class -o board",
      "  vocalise compare a/scores.json b/scores.json -o board --rank-by log2f0_mean",
      "  vocalise compare class -o board --rank-by frechet --title 'Homework 2'"
    })
final class CompareCommand implements Callable<Integer> {
  private static final FileKind SCORES =
      new FileKind(List.of(ScoresJson.FILE_NAME), "'vocalise score' writes one");

  @Parameters(
      arity = "1..*",
      paramLabel = "SCORES",
      description = "Files scores.json, or folders that are searched for them.")
  private List<Path> inputs = List.of();

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "OUT",
      description = "Folder of the leaderboard.")
  private Path target = Path.of("");

  @Option(
      names = "--rank-by",
      paramLabel = "KEY",
      description =
          "Metric that orders the systems, by its key, or frechet; default: m_stft where there is"
              + " one.")
  private @Nullable String rankBy;

  @Option(
      names = "--title",
      paramLabel = "TEXT",
      description = "Title of the page; default: ${DEFAULT-VALUE}.")
  private String title = "Leaderboard";

  @Option(names = "--overwrite", description = "Replace existing outputs.")
  private boolean overwrite;

  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Path> files =
        List.of("leaderboard.html", "leaderboard.csv", "leaderboard.json").stream()
            .map(target::resolve)
            .toList();
    for (Path file : files) {
      if (!overwrite && Files.exists(file)) {
        throw new UsageException(file + ": exists already; --overwrite replaces it");
      }
    }
    Leaderboard board = board();
    OutputFolder.make(target);
    write(files.get(0), LeaderboardPage.html(board, title));
    write(files.get(1), LeaderboardFiles.csv(board));
    Map<String, Object> document = LeaderboardFiles.document(board);
    write(files.get(2), Json.write(document));
    Console console = output.console();
    board.notes().forEach(console::warning);
    for (SystemScores system : board.scores().systems()) {
      Integer rank = board.rank(system.name(), board.rankedBy());
      console.result((rank == null ? "-" : rank.toString()) + " " + system.name());
    }
    console.result("ranked by " + board.rankedBy() + ": " + files.get(0) + ", .csv, .json");
    console.document(document);
    return ExitCode.DONE;
  }

  private Leaderboard board() throws IOException {
    List<ScoredRun> runs = new ArrayList<>();
    for (Item item : Inputs.collect(inputs, SCORES, target).items()) {
      item.requireFile();
      runs.add(new ScoredRun(item.file(), ScoresJson.read(item.file())));
    }
    try {
      return Leaderboard.of(runs, rankBy);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--rank-by: " + e.getMessage());
    }
  }

  private void write(Path file, String text) throws IOException, InterruptedException {
    OutputFile.write(file, overwrite, temporary -> Files.writeString(temporary, text));
  }
}
