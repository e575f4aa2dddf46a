package org.vocalise.inference;

import java.util.Map;
import org.vocalise.dsp.mel.MelSpec;

/** Says how the mel that a model takes differs from the one that it is given. Thread-safe. */
public final class SpecMismatch {
  private SpecMismatch() {}

  /**
   * Both specs side by side, on one line: every field of the model's spec, and behind the differing
   * ones, marked by {@code !}, what the mel has.
   */
  public static String describe(MelSpec model, MelSpec given) {
    Map<String, Object> ours = MelSpecJson.fields(model);
    Map<String, Object> theirs = MelSpecJson.fields(given);
    StringBuilder text = new StringBuilder("the model takes another mel than it is given:");
    for (Map.Entry<String, Object> field : ours.entrySet()) {
      Object other = theirs.get(field.getKey());
      boolean same = field.getValue().equals(other);
      text.append(text.charAt(text.length() - 1) == ':' ? " " : ", ");
      text.append(same ? "" : "! ").append(field.getKey()).append(' ').append(field.getValue());
      if (!same) {
        text.append(" where the mel has ").append(other);
      }
    }
    return text.toString();
  }
}
