package org.vocalise.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.vocalise.cli.batch.Differences;
import org.vocalise.cli.batch.OutputFile;
import org.vocalise.cli.batch.OutputFolder;
import org.vocalise.cli.batch.UsageException;
import org.vocalise.eval.report.HtmlReport;
import org.vocalise.eval.report.ReportInfo;
import org.vocalise.eval.report.ReportSources;
import org.vocalise.eval.result.NtuScoreText;
import org.vocalise.eval.result.Scores;
import org.vocalise.eval.result.ScoresCsv;
import org.vocalise.eval.result.ScoresJson;
import org.vocalise.eval.result.SystemScores;
import org.vocalise.eval.run.Journal;
import org.vocalise.eval.run.NtuProtocol;

/** The files that {@code vocalise score} writes into its folder. */
final class ScoreOutputs {
  /** Name of the page that people read. */
  static final String REPORT = "report.html";

  private final Path folder;
  private final boolean overwrite;
  private final boolean resume;

  /**
   * Names the folder.
   *
   * @param overwrite whether an earlier run's files are replaced
   * @param resume whether an earlier run is gone on with
   */
  ScoreOutputs(Path folder, boolean overwrite, boolean resume) {
    if (overwrite && resume) {
      throw new UsageException("--overwrite and --resume exclude each other");
    }
    this.folder = folder;
    this.overwrite = overwrite;
    this.resume = resume;
  }

  /**
   * Refuses to replace what is there, and to write where nothing may be written; makes the folder.
   *
   * @throws UsageException if it must not, or can't
   */
  void refuseExisting() {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new UsageException("-o " + folder + ": is a file, and the reports need a folder");
    }
    boolean resumed = resume && Files.exists(folder.resolve(Journal.FILE_NAME));
    if (!overwrite && !resumed) {
      List<Path> existing =
          Stream.of(ScoresJson.FILE_NAME, ScoresCsv.FILE_NAME, REPORT, Journal.FILE_NAME)
              .map(folder::resolve)
              .filter(Files::exists)
              .toList();
      if (!existing.isEmpty()) {
        throw new UsageException(
            "%s: exists already; --overwrite replaces it%s"
                .formatted(
                    existing.get(0),
                    resume
                        ? "; there is no " + Journal.FILE_NAME + " of a run to resume"
                        : ", --resume scores only what is missing"));
      }
    }
    OutputFolder.make(folder);
  }

  /**
   * The run's record, that of an earlier run where one is resumed.
   *
   * @throws UsageException if the earlier run had other settings
   */
  Journal journal(Map<String, Object> settings) throws IOException {
    Path file = folder.resolve(Journal.FILE_NAME);
    if (!resume || !Files.exists(file)) {
      return Journal.start(file, settings);
    }
    @SuppressWarnings("unchecked") // the keys of a JSON object are texts
    Map<String, Object> here = ScoresJson.parse(ScoresJson.line(settings), LinkedHashMap.class);
    List<String> differences = Differences.between(here, Journal.settings(file));
    if (!differences.isEmpty()) {
      throw new UsageException(
          "%s: scored otherwise (%s); give the same options, or another folder, or --overwrite"
              .formatted(file, String.join("; ", differences)));
    }
    return Journal.resume(file, settings);
  }

  /** Writes the figures. */
  void write(Scores scores) throws IOException, InterruptedException {
    write(ScoresJson.FILE_NAME, ScoresJson.write(scores));
    write(ScoresCsv.FILE_NAME, ScoresCsv.write(scores));
    if (scores.protocol().equals(NtuProtocol.NAME)) {
      for (SystemScores system : scores.systems()) {
        String model = system.name().replaceAll("[/\\\\:]", "_");
        write("score_" + model + ".txt", NtuScoreText.of(scores, system));
      }
    }
  }

  /** Writes the page that people read. */
  void writeReport(Scores scores, ReportSources sources, ReportInfo info)
      throws IOException, InterruptedException {
    OutputFile.write(
        folder.resolve(REPORT),
        true,
        temporary -> {
          HtmlReport.write(scores, sources, info, temporary);
          return temporary;
        });
  }

  private void write(String name, String text) throws IOException, InterruptedException {
    OutputFile.write(folder.resolve(name), true, temporary -> Files.writeString(temporary, text));
  }

  /** Where the files lie, in words. */
  @Override
  public String toString() {
    return folder.toString();
  }
}
