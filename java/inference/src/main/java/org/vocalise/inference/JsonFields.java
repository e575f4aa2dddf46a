package org.vocalise.inference;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** Reads fields of JSON objects; the messages name the field and what is there. Thread-safe. */
final class JsonFields {
  private JsonFields() {}

  static int integer(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw unfit(field, value, "a whole number");
    }
    return value.intValue();
  }

  static double real(JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (!value.isNumber()) {
      throw unfit(field, value, "a number");
    }
    return value.doubleValue();
  }

  static <E extends Enum<E>> E constant(JsonNode json, String field, Class<E> type) {
    String text = json.path(field).asText("");
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
        return constant;
      }
    }
    throw unfit(field, json.path(field), "a " + type.getSimpleName().toLowerCase(Locale.ROOT));
  }

  private static IllegalArgumentException unfit(String field, JsonNode value, String wanted) {
    String found = value.isMissingNode() ? "missing" : value.toString();
    return new IllegalArgumentException(field + " is " + found + ", not " + wanted);
  }
}
