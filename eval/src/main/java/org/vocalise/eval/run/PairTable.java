package org.vocalise.eval.run;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.vocalise.dsp.io.InputException;

/**
 * Pairs named in a file of tab-separated values: a line per pair, the reference's path inside its
 * folder, a tab, the synthesised file's inside its own. A first line {@code reference, synthesis},
 * empty lines and lines that begin with {@code #} followed by a space are passed over.
 */
public final class PairTable {
  private record Line(int number, String reference, String synthesis) {}

  private final Path file;
  private final List<Line> lines;

  private PairTable(Path file, List<Line> lines) {
    this.file = file;
    this.lines = lines;
  }

  /**
   * Reads a table.
   *
   * @throws InputException if a line is no pair, or names a file for the second time
   */
  public static PairTable read(Path file) throws IOException {
    List<String> texts;
    try {
      texts = Files.readAllLines(file);
    } catch (CharacterCodingException e) {
      throw new InputException(file, "is not UTF-8 text; save it as such");
    }
    List<Line> lines = new ArrayList<>();
    Map<String, Integer> references = new HashMap<>();
    Map<String, Integer> syntheses = new HashMap<>();
    for (int i = 0; i < texts.size(); i++) {
      String text = i == 0 ? withoutMark(texts.get(0)) : texts.get(i);
      if (text.isBlank() || text.startsWith("# ") || isHeader(i, text)) {
        continue;
      }
      String[] cells = text.split("\t", -1);
      if (cells.length != 2 || cells[0].isBlank() || cells[1].isBlank()) {
        throw fault(
            file, i + 1, "holds '" + text + "', not a reference, one tab and a synthesised file");
      }
      Line line = new Line(i + 1, key(cells[0]), key(cells[1]));
      refuseSecond(file, line.reference(), line.number(), references);
      refuseSecond(file, line.synthesis(), line.number(), syntheses);
      lines.add(line);
    }
    return new PairTable(file, lines);
  }

  /** Without the byte-order mark that spreadsheets put before the first line. */
  private static String withoutMark(String line) {
    return line.startsWith("\uFEFF") ? line.substring(1) : line;
  }

  private static boolean isHeader(int index, String text) {
    return index == 0 && text.strip().equalsIgnoreCase("reference\tsynthesis");
  }

  private static void refuseSecond(Path file, String name, int line, Map<String, Integer> seen)
      throws IOException {
    Integer other = seen.putIfAbsent(name, line);
    if (other != null) {
      throw fault(file, line, "names '" + name + "', as line " + other + " does");
    }
  }

  /**
   * Pairs the files of two folders; what the table does not name is without a partner.
   *
   * @throws InputException if a folder does not hold a file that the table names
   */
  public Pairing pair(List<NamedFile> references, List<NamedFile> syntheses) throws IOException {
    Map<String, NamedFile> referencesByName = byName(references);
    Map<String, NamedFile> synthesesByName = byName(syntheses);
    Map<NamedFile, NamedFile> partners = new HashMap<>();
    for (Line line : lines) {
      NamedFile reference =
          find(referencesByName, line.number(), line.reference(), "among the references");
      NamedFile synthesis =
          find(synthesesByName, line.number(), line.synthesis(), "among the synthesised files");
      if (partners.putIfAbsent(reference, synthesis) != null) {
        throw fault(file, line.number(), "names '" + line.reference() + "' a second time");
      }
    }
    List<NamedFile> alone =
        syntheses.stream().filter(synthesis -> !partners.containsValue(synthesis)).toList();
    return Pairing.of(references, partners, alone);
  }

  private NamedFile find(Map<String, NamedFile> files, int line, String name, String where)
      throws IOException {
    NamedFile found = files.get(name);
    if (found == null) {
      throw fault(file, line, "names '" + name + "', which is not " + where);
    }
    return found;
  }

  /** With and without the ending, which a table may leave out. */
  private static Map<String, NamedFile> byName(List<NamedFile> files) {
    Map<String, NamedFile> byName = new HashMap<>();
    for (NamedFile file : files) {
      String fileName = file.file().getFileName().toString();
      String ending = fileName.substring(Math.max(0, fileName.lastIndexOf('.')));
      byName.put(file.name() + ending, file);
      byName.putIfAbsent(file.name(), file);
    }
    return byName;
  }

  private static String key(String cell) {
    String path = cell.strip().replace('\\', '/');
    return Normalizer.normalize(path, Normalizer.Form.NFC);
  }

  private static InputException fault(Path file, int line, String reason) {
    return new InputException(file, "line " + line, reason);
  }
}
