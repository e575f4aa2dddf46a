package org.vocalise.training.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Reads lines of {@code events.jsonl}. Not thread-safe. */
final class EventParser {
  private static final int MILLIS_PER_SECOND = 1000;

  private final ObjectMapper mapper = new ObjectMapper();
  private final JsonFactory factory = mapper.getFactory();
  private final HeadScanner scanner = new HeadScanner();

  /**
   * What every event has.
   *
   * @param millis since 1970
   */
  record Head(long millis, long step, String kind) {}

  /** Reads as far as the head goes, which comes first; null for a line that is no event. */
  @Nullable Head head(byte[] line, int offset, int length) {
    Head quick = scanner.scan(line, offset, length);
    return quick != null ? quick : parsedHead(line, offset, length);
  }

  private @Nullable Head parsedHead(byte[] line, int offset, int length) {
    long millis = Long.MIN_VALUE;
    long step = -1;
    String kind = null;
    try (JsonParser parser = factory.createParser(line, offset, length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return null;
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        JsonToken value = parser.nextToken();
        switch (name) {
          case "time" ->
              millis =
                  value.isNumeric()
                      ? (long) (parser.getDoubleValue() * MILLIS_PER_SECOND)
                      : millis(parser.getText());
          case "step" -> step = parser.getLongValue();
          case "kind" -> kind = parser.getText();
          default -> parser.skipChildren();
        }
        if (millis != Long.MIN_VALUE && step >= 0 && kind != null) {
          return new Head(millis, step, kind);
        }
      }
    } catch (IOException | DateTimeException e) {
      return null;
    }
    return null;
  }

  /** Reads a whole event; null for a line that is none. */
  @Nullable Event event(byte[] line, int offset, int length) {
    Head head = head(line, offset, length);
    if (head == null) {
      return null;
    }
    JsonNode node;
    try {
      node = mapper.readTree(line, offset, length);
    } catch (IOException e) {
      return null;
    }
    Instant time = Instant.ofEpochMilli(head.millis);
    return switch (head.kind) {
      case "start" ->
          new Event.Start(
              time, head.step, number(node, "steps"), number(node, "resumed_from"), texts(node));
      case "train" -> new Event.Train(time, head.step, numbers(node));
      case "checkpoint" -> new Event.Checkpoint(time, head.step);
      case "sample" -> new Event.Sample(time, head.step, numbers(node));
      case "warning" -> new Event.Warning(time, head.step, node.path("message").asText(""));
      case "stop" ->
          new Event.Stop(
              time, head.step, node.path("reason").asText(""), node.path("message").asText(""));
      default -> new Event.Other(time, head.step, head.kind);
    };
  }

  private static OptionalLong number(JsonNode node, String name) {
    JsonNode value = node.path(name);
    return value.canConvertToLong() ? OptionalLong.of(value.asLong()) : OptionalLong.empty();
  }

  private static Map<String, String> texts(JsonNode node) {
    Map<String, String> texts = new LinkedHashMap<>();
    node.properties()
        .forEach(
            entry -> {
              boolean head = entry.getKey().equals("time") || entry.getKey().equals("kind");
              if (!head && entry.getValue().isValueNode() && !entry.getValue().isNull()) {
                texts.put(entry.getKey(), entry.getValue().asText());
              }
            });
    return texts;
  }

  private static Map<String, Double> numbers(JsonNode node) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    collect(node, "", numbers);
    numbers.remove("time");
    numbers.remove("step");
    return numbers;
  }

  private static void collect(JsonNode node, String prefix, Map<String, Double> numbers) {
    node.properties()
        .forEach(
            entry -> {
              String name = prefix + entry.getKey();
              if (entry.getValue().isNumber()) {
                numbers.put(name, entry.getValue().asDouble());
              } else if (entry.getValue().isObject()) {
                collect(entry.getValue(), name + ".", numbers);
              }
            });
  }

  private static long millis(String text) {
    return OffsetDateTime.parse(text).toInstant().toEpochMilli();
  }
}
