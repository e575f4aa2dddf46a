package org.vocalise.inference;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.vocalise.dsp.mel.MelSpec;

/** A mel spec as a model's metadata holds it: a JSON object with the names of MelSpec's fields. */
final class MelSpecJson {
  private MelSpecJson() {}

  /**
   * Reads a spec.
   *
   * @throws IllegalArgumentException if a field is missing, unknown or of another kind, or if the
   *     values do not fit together
   */
  static MelSpec read(JsonNode json) {
    MelSpec spec =
        new MelSpec(
            JsonFields.integer(json, "sampleRate"),
            JsonFields.integer(json, "nFft"),
            JsonFields.integer(json, "windowLength"),
            JsonFields.integer(json, "hop"),
            JsonFields.integer(json, "bands"),
            JsonFields.real(json, "fMin"),
            JsonFields.real(json, "fMax"),
            JsonFields.constant(json, "scale", MelSpec.Scale.class),
            JsonFields.constant(json, "norm", MelSpec.Norm.class),
            JsonFields.constant(json, "padding", MelSpec.Padding.class),
            JsonFields.constant(json, "spectrum", MelSpec.Spectrum.class),
            JsonFields.constant(json, "log", MelSpec.Log.class),
            JsonFields.real(json, "floor"));
    List<String> unknown = new ArrayList<>();
    json.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(fields(spec).keySet());
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException("unknown fields " + String.join(", ", unknown));
    }
    return spec;
  }

  /** All fields by name, enum constants in lower case. */
  static Map<String, Object> fields(MelSpec spec) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("sampleRate", spec.sampleRate());
    fields.put("nFft", spec.nFft());
    fields.put("windowLength", spec.windowLength());
    fields.put("hop", spec.hop());
    fields.put("bands", spec.bands());
    fields.put("fMin", spec.fMin());
    fields.put("fMax", spec.fMax());
    fields.put("scale", name(spec.scale()));
    fields.put("norm", name(spec.norm()));
    fields.put("padding", name(spec.padding()));
    fields.put("spectrum", name(spec.spectrum()));
    fields.put("log", name(spec.log()));
    fields.put("floor", spec.floor());
    return fields;
  }

  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
