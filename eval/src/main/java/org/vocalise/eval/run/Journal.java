package org.vocalise.eval.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.io.AtomicFile;
import org.vocalise.dsp.io.InputException;
import org.vocalise.eval.result.ScoresJson;

/**
 * The record of a run in its folder, a line of JSON for each file as soon as it is scored, after a
 * first line with the settings: what a run that was stopped has done is not done again. A last line
 * that was torn is passed over. Thread-safe.
 */
public final class Journal implements Closeable {
  /** Name of the file in a run's folder. */
  public static final String FILE_NAME = "journal.jsonl";

  private final Path file;
  private final FileChannel channel;
  private final String head;
  private final Map<List<String>, ScoredFile> files = new HashMap<>();

  private Journal(Path file, String head, List<ScoredFile> earlier) throws IOException {
    this.file = file;
    this.head = head;
    for (ScoredFile scored : earlier) {
      files.put(List.of(scored.system(), scored.name()), scored);
    }
    write(earlier);
    channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
  }

  /** Begins a run, in the place of an earlier one. */
  public static Journal start(Path file, Map<String, Object> settings) throws IOException {
    return new Journal(file, ScoresJson.line(settings), List.of());
  }

  /**
   * Goes on with a run whose settings were found equal.
   *
   * @throws InputException if the file is no journal
   */
  public static Journal resume(Path file, Map<String, Object> settings) throws IOException {
    List<String> lines = readLines(file);
    List<ScoredFile> earlier = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      try {
        earlier.add(ScoresJson.parse(lines.get(i), ScoredFile.class));
      } catch (JsonProcessingException e) {
        if (i < lines.size() - 1) {
          throw new InputException(file, "line " + (i + 1), "is damaged: use --overwrite");
        }
      }
    }
    return new Journal(file, ScoresJson.line(settings), earlier);
  }

  /**
   * The settings of the run that wrote a file.
   *
   * @throws InputException if the file is no journal
   */
  public static Map<String, Object> settings(Path file) throws IOException {
    List<String> lines = readLines(file);
    try {
      @SuppressWarnings("unchecked") // the keys of a JSON object are texts
      Map<String, Object> settings =
          lines.isEmpty()
              ? new LinkedHashMap<>()
              : ScoresJson.parse(lines.get(0), LinkedHashMap.class);
      return settings;
    } catch (JsonProcessingException e) {
      throw new InputException(file, "line 1", "is no settings of a run: use --overwrite");
    }
  }

  private static List<String> readLines(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
  }

  /** What an earlier run found of a file; null if it did not score it. */
  synchronized @Nullable ScoredFile earlier(String system, String name) {
    return files.get(List.of(system, name));
  }

  /**
   * Records a file.
   *
   * @throws IOException if it can't be written; the lines before stay whole
   */
  synchronized void add(ScoredFile scored) throws IOException {
    ByteBuffer line =
        ByteBuffer.wrap((ScoresJson.line(scored) + "\n").getBytes(StandardCharsets.UTF_8));
    long end = channel.size();
    try {
      while (line.hasRemaining()) {
        channel.write(line);
      }
    } catch (IOException e) {
      channel.truncate(end);
      throw unwritten(e);
    }
    files.put(List.of(scored.system(), scored.name()), scored);
  }

  /** Brings the lines into the order of the run, so that equal runs leave equal files. */
  void finish(List<ScoredFile> inOrder) throws IOException {
    channel.close();
    write(inOrder);
  }

  private void write(List<ScoredFile> lines) throws IOException {
    StringBuilder text = new StringBuilder(head).append('\n');
    lines.forEach(scored -> text.append(ScoresJson.line(scored)).append('\n'));
    try (AtomicFile output = AtomicFile.create(file, true)) {
      Files.writeString(output.temporary(), text);
      output.commit();
    } catch (IOException e) {
      throw unwritten(e);
    }
  }

  private IOException unwritten(IOException fault) {
    return new IOException(
        file
            + ": can't be written: "
            + fault.getMessage()
            + "; what is in it is not lost: make room and go on with --resume",
        fault);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
