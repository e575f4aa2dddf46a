package org.vocalise.eval.result;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Scores as a table for spreadsheets and data frames: a row for each file of each system. */
public final class ScoresCsv {
  /** Name of the file in a run's folder. */
  public static final String FILE_NAME = "scores.csv";

  private static final Pattern NUMBER = Pattern.compile("[-+]?\\d+(\\.\\d+)?(E[-+]?\\d+)?");

  /** What spreadsheets take for the beginning of a formula. */
  private static final String FORMULA = "=+-@\t\r";

  private ScoresCsv() {}

  /**
   * The table: {@code system,name}, a column per metric, {@code reference,synthesis,flags}; a score
   * that does not exist is an empty cell. Quoted as RFC 4180 says, lines end with a line feed.
   * Words that a spreadsheet would take for a formula have an apostrophe before them.
   */
  public static String write(Scores scores) {
    List<String> keys = scores.metricKeys();
    List<String> header = new ArrayList<>(List.of("system", "name"));
    header.addAll(keys);
    header.addAll(List.of("reference", "synthesis", "flags"));
    StringBuilder text = new StringBuilder();
    row(text, header);
    for (SystemScores system : scores.systems()) {
      for (FileScores file : system.files()) {
        List<String> cells = new ArrayList<>(List.of(system.name(), file.name()));
        for (String key : keys) {
          Double score = file.scores().get(key);
          cells.add(score == null ? "" : NumberOutput.toString(score, true));
        }
        cells.addAll(List.of(file.reference(), file.synthesis(), String.join("; ", file.flags())));
        row(text, cells);
      }
    }
    return text.toString();
  }

  /** Appends a line of cells, quoted where they must be; none is a formula. */
  public static void row(StringBuilder text, List<String> cells) {
    text.append(cells.stream().map(ScoresCsv::quoted).collect(Collectors.joining(",")));
    text.append('\n');
  }

  private static String quoted(String text) {
    String cell = isFormula(text) ? "'" + text : text;
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }

  private static boolean isFormula(String text) {
    return !text.isEmpty()
        && FORMULA.indexOf(text.charAt(0)) >= 0
        && !NUMBER.matcher(text).matches();
  }
}
