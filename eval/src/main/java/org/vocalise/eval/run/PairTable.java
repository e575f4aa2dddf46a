package org.vocalise.eval.run;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vocalise.dsp.io.InputException;
import org.vocalise.dsp.io.InputFiles;

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
   * @throws InputException if it can't be read, holds no pair, a line is none, or names a file for
   *     the second time
   */
  public static PairTable read(Path file) throws IOException {
    List<String> texts = texts(file);
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
            file,
            i + 1,
            "holds '%s', not a reference, one tab and a synthesised file; begin a comment with '# '"
                .formatted(text));
      }
      Line line = new Line(i + 1, key(cells[0]), key(cells[1]));
      refuseSecond(file, line.reference(), line.number(), references);
      refuseSecond(file, line.synthesis(), line.number(), syntheses);
      lines.add(line);
    }
    if (lines.isEmpty()) {
      throw new InputException(
          file, "names no pair; give a line each: a reference, one tab and a synthesised file");
    }
    return new PairTable(file, lines);
  }

  private static List<String> texts(Path file) throws IOException {
    try (FileChannel channel = InputFiles.open(file);
        BufferedReader reader =
            new BufferedReader(
                Channels.newReader(channel, StandardCharsets.UTF_8.newDecoder(), -1))) {
      return reader.lines().toList();
    } catch (UncheckedIOException e) {
      throw e.getCause() instanceof CharacterCodingException
          ? new InputException(file, "is not UTF-8 text; save it as such")
          : e.getCause();
    }
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
      throw fault(file, line, "names '%s', as line %d does; leave one out".formatted(name, other));
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
    Set<NamedFile> paired = new HashSet<>();
    for (Line line : lines) {
      NamedFile reference =
          find(referencesByName, line.number(), line.reference(), "among the references");
      NamedFile synthesis =
          find(synthesesByName, line.number(), line.synthesis(), "among the synthesised files");
      refuseSecond(partners.putIfAbsent(reference, synthesis) == null, line, line.reference());
      refuseSecond(paired.add(synthesis), line, line.synthesis());
    }
    List<NamedFile> alone =
        syntheses.stream().filter(synthesis -> !paired.contains(synthesis)).toList();
    return Pairing.of(references, partners, alone);
  }

  /** The same file under two names, with and without its ending. */
  private void refuseSecond(boolean isFirst, Line line, String name) throws InputException {
    if (!isFirst) {
      throw fault(file, line.number(), "names '" + name + "' a second time; leave one out");
    }
  }

  private NamedFile find(Map<String, NamedFile> files, int line, String name, String where)
      throws IOException {
    NamedFile found = files.get(name);
    if (found == null) {
      throw fault(
          file,
          line,
          "names '%s', which is not %s; give its path inside the folder%s"
              .formatted(name, where, example(files)));
    }
    return found;
  }

  private static String example(Map<String, NamedFile> files) {
    return files.keySet().stream().min(String::compareTo).map(name -> ", like " + name).orElse("");
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
    String path = cell.strip().replace('\\', '/').replaceFirst("^(\\./+)+", "");
    return Normalizer.normalize(path, Normalizer.Form.NFC);
  }

  private static InputException fault(Path file, int line, String reason) {
    return new InputException(file, "line " + line, reason);
  }
}
