package org.vocalise.cli;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Constants as options, files and manifests write them: lower case, with hyphens. */
final class Choice {
  private Choice() {}

  /** The text of a constant. */
  static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The constant of a text.
   *
   * @param what is being chosen, for the message
   * @throws IllegalArgumentException if there is no such constant; the message lists them
   */
  static <E extends Enum<E>> E parse(Class<E> type, String what, String text) {
    Map<String, E> constants = new LinkedHashMap<>();
    for (E constant : type.getEnumConstants()) {
      constants.put(name(constant), constant);
    }
    E constant = constants.get(text.toLowerCase(Locale.ROOT).replace('_', '-'));
    if (constant == null) {
      throw new IllegalArgumentException(
          "%s is '%s', not one of %s".formatted(what, text, String.join(", ", constants.keySet())));
    }
    return constant;
  }
}
