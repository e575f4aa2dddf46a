package org.vocalise.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.Reader;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.io.InputException;
import org.vocalise.dsp.io.InputFiles;
import org.vocalise.eval.report.ReportInfo;

/**
 * Reads what a student adds to a report from a YAML file: {@code name} and {@code student_id}, and
 * where wanted {@code title}, {@code course}, {@code date}, {@code method}, {@code results} and
 * {@code findings}. The last three are texts or lists of points.
 */
final class ReportInfoYaml {
  private static final long LARGEST_FILE = 1 << 20;
  private static final List<String> REQUIRED = List.of("name", "student_id");
  private static final List<String> KEYS =
      List.of("title", "name", "student_id", "course", "date", "method", "results", "findings");
  private static final List<String> PROSE = List.of("method", "results", "findings");

  private ReportInfoYaml() {}

  /** Reads a file; an error names the file and the line. */
  static ReportInfo read(Path file) throws IOException {
    try (FileChannel channel = InputFiles.open(file);
        Reader reader = Channels.newReader(channel, StandardCharsets.UTF_8.newDecoder(), -1);
        JsonParser parser = new YAMLFactory().createParser(reader)) {
      if (channel.size() > LARGEST_FILE) {
        throw new InputException(file, channel.size() + " bytes are too many for a report's texts");
      }
      return read(file, parser);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      String reason = e.getOriginalMessage().lines().findFirst().orElse("");
      throw new InputException(
          file, "line " + line, "not YAML: " + reason + "; put texts with ': ' in quotes");
    } catch (CharacterCodingException e) {
      throw new InputException(file, "is not UTF-8; save it in that encoding");
    }
  }

  private static ReportInfo read(Path file, JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw at(file, parser, "not lines of the form 'field: value', such as 'name: Ada'");
    }
    Map<String, String> texts = new HashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      if (!KEYS.contains(key)) {
        throw at(file, parser, "'" + key + "' is not among the fields " + String.join(", ", KEYS));
      }
      String text = value(file, parser, key);
      if (texts.put(key, text) != null) {
        throw at(file, parser, key + " is there twice");
      }
    }
    for (String key : REQUIRED) {
      if (texts.getOrDefault(key, "").isBlank()) {
        throw new InputException(
            file, key + " is missing: the cover needs a line such as '" + key + ": ...'");
      }
    }
    return new ReportInfo(
        texts.getOrDefault("title", ReportInfo.NONE.title()),
        texts.get("name"),
        texts.get("student_id"),
        texts.get("course"),
        texts.get("date"),
        texts.get("method"),
        texts.get("results"),
        texts.get("findings"));
  }

  private static String value(Path file, JsonParser parser, String key) throws IOException {
    JsonToken token = parser.nextToken();
    if (token == JsonToken.START_ARRAY && PROSE.contains(key)) {
      List<String> points = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (!parser.currentToken().isScalarValue()) {
          throw at(
              file, parser, "a point of " + key + " is not a text; put texts with ': ' in quotes");
        }
        points.add("- " + parser.getText().strip().replaceAll("\\s*\\R\\s*", " "));
      }
      return String.join("\n", points);
    }
    if (!token.isScalarValue() || token == JsonToken.VALUE_NULL) {
      String wanted = PROSE.contains(key) ? "a text or a list of texts" : "a text";
      throw at(file, parser, key + " is not " + wanted);
    }
    return parser.getText();
  }

  private static InputException at(Path file, JsonParser parser, @Nullable String reason) {
    int line = parser.currentTokenLocation().getLineNr();
    return new InputException(file, "line " + line, String.valueOf(reason));
  }
}
