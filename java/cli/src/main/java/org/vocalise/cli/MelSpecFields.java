package org.vocalise.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.vocalise.dsp.mel.MelSpec;

/**
 * A mel spec as texts by field name: the form in which options, YAML files and manifests hold it.
 * Fields that are not set keep the value of a base.
 */
final class MelSpecFields {
  /** Names of the fields, in the order of {@link MelSpec}. */
  static final List<String> NAMES =
      List.of(
          "sample_rate",
          "n_fft",
          "window",
          "hop",
          "bands",
          "fmin",
          "fmax",
          "scale",
          "norm",
          "padding",
          "spectrum",
          "log",
          "floor");

  private final Map<String, String> values = new TreeMap<>();

  /**
   * Sets a field.
   *
   * @throws IllegalArgumentException if there is no such field; the message lists the fields
   */
  void set(String name, String value) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "no field of a mel spec is named " + name + "; they are " + String.join(", ", NAMES));
    }
    values.put(name, value);
  }

  /**
   * The base with the fields that were set.
   *
   * @throws IllegalArgumentException if a value is not of the field's kind, or does not fit the
   *     others
   */
  MelSpec over(MelSpec base) {
    return new MelSpec(
        integer("sample_rate", base.sampleRate()),
        integer("n_fft", base.nFft()),
        integer("window", base.windowLength()),
        integer("hop", base.hop()),
        integer("bands", base.bands()),
        real("fmin", base.fMin()),
        real("fmax", base.fMax()),
        constant("scale", base.scale()),
        constant("norm", base.norm()),
        constant("padding", base.padding()),
        constant("spectrum", base.spectrum()),
        constant("log", base.log()),
        real("floor", base.floor()));
  }

  /** All fields of a spec, as a manifest records them. */
  static Map<String, Object> of(MelSpec spec) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("sample_rate", spec.sampleRate());
    fields.put("n_fft", spec.nFft());
    fields.put("window", spec.windowLength());
    fields.put("hop", spec.hop());
    fields.put("bands", spec.bands());
    fields.put("fmin", spec.fMin());
    fields.put("fmax", spec.fMax());
    fields.put("scale", Choice.name(spec.scale()));
    fields.put("norm", Choice.name(spec.norm()));
    fields.put("padding", Choice.name(spec.padding()));
    fields.put("spectrum", Choice.name(spec.spectrum()));
    fields.put("log", Choice.name(spec.log()));
    fields.put("floor", spec.floor());
    return fields;
  }

  /**
   * The spec that a manifest records.
   *
   * @throws IllegalArgumentException as {@link #set} and {@link #over}
   */
  static MelSpec read(Map<?, ?> recorded) {
    MelSpecFields fields = new MelSpecFields();
    recorded.forEach((name, value) -> fields.set(String.valueOf(name), String.valueOf(value)));
    return fields.over(MelSpec.NTU);
  }

  private int integer(String field, int base) {
    String value = values.get(field);
    try {
      return value == null ? base : Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(field + " is '" + value + "', not a whole number", e);
    }
  }

  private double real(String field, double base) {
    String value = values.get(field);
    try {
      return value == null ? base : Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(field + " is '" + value + "', not a number", e);
    }
  }

  private <E extends Enum<E>> E constant(String field, E base) {
    String value = values.get(field);
    if (value == null) {
      return base;
    }
    return Choice.parse(base.getDeclaringClass(), field, value);
  }
}
