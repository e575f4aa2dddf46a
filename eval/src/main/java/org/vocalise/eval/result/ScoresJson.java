package org.vocalise.eval.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vocalise.dsp.io.InputException;
import org.vocalise.dsp.io.InputFiles;

/**
 * Scores as {@code scores.json} holds them. Equal scores give equal bytes on every system and JDK:
 * keys in a fixed order, the shortest decimals that stand for the number.
 */
public final class ScoresJson {
  /** Name of the file in a run's folder. */
  public static final String FILE_NAME = "scores.json";

  private static final Set<String> NULLABLE =
      Set.of("frechet", "weights_sha256", "infinity", "interval");

  private static final String CURE =
      "; the 'vocalise score' that wrote it writes it again with --resume";

  private static final ObjectMapper MAPPER =
      JsonMapper.builder(IndentedJson.factory())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  private ScoresJson() {}

  /** The document, indented by two spaces, ending with a line feed. */
  public static String write(Scores scores) {
    return IndentedJson.write(MAPPER, scores);
  }

  /** The same document as a tree. */
  public static JsonNode tree(Scores scores) {
    return MAPPER.valueToTree(scores);
  }

  /** One value of a result, a record of this package for instance, as a line without breaks. */
  public static String line(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not representable as JSON: " + value, e);
    }
  }

  /**
   * Reads what {@link #line} wrote.
   *
   * @throws JsonProcessingException if the text is not the JSON of such a value
   */
  public static <T> T parse(String line, Class<T> type) throws JsonProcessingException {
    return MAPPER.readValue(line, type);
  }

  /**
   * Reads the document of a run.
   *
   * @throws InputException if the file holds something else, or another schema
   */
  public static Scores read(Path file) throws IOException {
    try (FileChannel channel = InputFiles.open(file)) {
      JsonNode document = MAPPER.readTree(Channels.newInputStream(channel));
      JsonNode schema = document.path("schema");
      if (schema.asInt() != Scores.SCHEMA) {
        throw new InputException(
            file,
            schema.isMissingNode()
                ? "holds no scores: there is no schema in it; name a scores.json of 'vocalise score'"
                : "schema is %s, and only %d can be read; score again with this version"
                    .formatted(schema, Scores.SCHEMA));
      }
      String wrong = wrongField(document);
      if (wrong != null) {
        throw new InputException(file, "holds no scores: " + wrong + CURE);
      }
      return MAPPER.treeToValue(document, Scores.class);
    } catch (JsonMappingException e) {
      throw new InputException(
          file,
          "holds no scores: %s is missing, or no value of its kind%s"
              .formatted(field(e.getPath()), CURE));
    } catch (JsonProcessingException e) {
      String place = "line " + e.getLocation().getLineNr();
      throw new InputException(file, place, "is no JSON, or cut off here" + CURE);
    }
  }

  /** A path like {@code systems[0].files}. */
  private static String field(List<JsonMappingException.Reference> path) {
    StringBuilder text = new StringBuilder();
    for (JsonMappingException.Reference step : path) {
      if (step.getFieldName() == null) {
        text.append('[').append(step.getIndex()).append(']');
      } else {
        text.append(text.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return text.isEmpty() ? "a field" : text.toString();
  }

  /** A field that is null and may not be, or no number; definitions may hold anything. */
  private static @Nullable String wrongField(JsonNode node) {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      JsonNode value = field.getValue();
      if (value.isNull() && !NULLABLE.contains(field.getKey())) {
        return field.getKey() + " is null";
      }
      if (value.isNumber() && !Double.isFinite(value.doubleValue())) {
        return field.getKey() + " is beyond double precision";
      }
      String inner = field.getKey().equals("definitions") ? null : wrongField(value);
      if (inner != null) {
        return inner;
      }
    }
    for (JsonNode element : node.isArray() ? node : List.<JsonNode>of()) {
      String inner = element.isNull() ? "an element of a list is null" : wrongField(element);
      if (inner != null) {
        return inner;
      }
    }
    return null;
  }
}
